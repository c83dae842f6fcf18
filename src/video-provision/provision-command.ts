import { loadProvisioningKeys } from '../config';
import { HundredMsClient } from '../video/hundredms/client';
import { HundredMsTemplates } from '../video/hundredms/templates';
import type { TemplateChoices } from '../video/template/choices';
import type { Difference } from '../video/template/differences';
import { requiredSettings } from '../video/template/guide';
import { type Provisioned, provisionTemplate } from '../video/template/provision';
import { parseProvisionOptions } from './options';

/** Nobody waits on a line here, as in a call. */
const CALL_TIMEOUT_MS = 30_000;

export interface ProvisionSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** One line to standard output. */
  readonly out: (line: string) => void;
}

/**
 * `npm run video:provision`: the organization's template at 100ms.
 * @returns whether every required setting was read back
 * @throws StartError, ConfigError, HundredMsError
 */
export async function provisionCommand(
  args: readonly string[],
  { env, out }: ProvisionSurroundings,
): Promise<boolean> {
  const choices = parseProvisionOptions(args);
  const keys = loadProvisioningKeys(env);
  const secret = Buffer.from(keys.bucketSecret).toString();
  const client = new HundredMsClient(keys, {
    timeoutMs: CALL_TIMEOUT_MS,
    secrets: [secret, keys.bucketKey],
  });
  const credentials = { key: keys.bucketKey, secret };
  const result = await provisionTemplate(new HundredMsTemplates(client), choices, credentials);
  for (const line of reportOf(choices, result)) out(line);
  return result.left.every(({ setting }) => setting === undefined);
}

function reportOf(
  choices: TemplateChoices,
  { templateId, done, mended, left }: Provisioned,
): string[] {
  const settings = requiredSettings(choices);
  const missing = left.filter(({ setting }) => setting !== undefined);
  const others = left.filter(({ setting }) => setting === undefined);
  const text = ({ setting, text: what }: Difference): string =>
    setting === undefined ? `  ${what}` : `  ${setting}: ${what}`;
  return [
    `template video-kyc-${choices.ouid}: ${done.toLowerCase()}, id ${templateId}`,
    ...section('Was other than declared, and is as declared now', mended.map(text)),
    ...section('REQUIRED, BUT NOT SO', missing.map(text)),
    ...section('Other than declared, not required', others.map(text)),
    ...section(
      'Not verified',
      settings.flatMap((row) =>
        row.unverified ? [`  ${row.setting} (${row.field}): ${row.unverified}`] : [],
      ),
    ),
    ...section('Other than in 100ms’ guide', deviations(choices)),
    missing.length === 0
      ? `Set HUNDREDMS_TEMPLATES=${choices.ouid}=${templateId} (beside other organizations’, with commas).`
      : `${missing.length} required settings are not so: no customer should be called with this template.`,
  ];
}

/** One line for each reason. */
function deviations(choices: TemplateChoices): string[] {
  const byReason = new Map<string, string[]>();
  for (const { deviation, setting } of requiredSettings(choices)) {
    if (deviation === undefined) continue;
    byReason.set(deviation, [...(byReason.get(deviation) ?? []), setting]);
  }
  return [...byReason].map(([reason, settings]) => `  ${settings.join('; ')}: ${reason}`);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines];
}
