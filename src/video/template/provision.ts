import type { HundredMsTemplates } from '../hundredms/templates';
import type { BucketCredentials, TemplateChoices } from './choices';
import { declaredTemplate } from './declared-template';
import { type Difference, differencesOf } from './differences';
import { requiredSettings } from './guide';

export interface Provisioned {
  readonly templateId: string;
  readonly done: 'CREATED' | 'UPDATED' | 'UNCHANGED';
  /** What was other than declared before; empty for a new one. */
  readonly mended: readonly Difference[];
  /** What is other than declared now. */
  readonly left: readonly Difference[];
}

/**
 * Makes the organization's template, or makes it again what it should be, and reads it back. Run
 * again it writes nothing unless something differs. Calls that are running keep what they have.
 */
export async function provisionTemplate(
  templates: HundredMsTemplates,
  choices: TemplateChoices,
  credentials: BucketCredentials,
): Promise<Provisioned> {
  const declared = declaredTemplate(choices, credentials);
  const required = requiredSettings(choices);
  const differences = async (id: string): Promise<Difference[]> =>
    differencesOf(declared, await templates.read(id), required);
  const existing = await templates.find(declared.template.name);
  const before = existing === undefined ? [] : await differences(existing);
  if (existing !== undefined && before.length === 0) {
    return { templateId: existing, done: 'UNCHANGED', mended: [], left: [] };
  }
  const templateId = await templates.write(existing, declared);
  const left = await differences(templateId);
  const stays = new Set(left.map(({ field }) => field));
  return {
    templateId,
    done: existing === undefined ? 'CREATED' : 'UPDATED',
    mended: before.filter(({ field }) => !stays.has(field)),
    left,
  };
}
