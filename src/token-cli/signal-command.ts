import type { SignalName } from '../domain/profile/commands';
import { CANCEL_REASONS, CHECKER_DECISIONS, MAKER_DECISIONS, SEND_BACK_TO } from '../domain/words';
import { DEFAULT_NAMESPACE } from '../local/temporal/dev-server';
import { profileWorkflowId } from '../../workflows/contracts';
import type { IssuedToken } from './issue-token';

export interface SignalTarget {
  /** The Temporal CLI, by path or name. */
  readonly executable: string;
  /** `host:port` of the Temporal server. */
  readonly address: string;
  readonly namespace: string;
  readonly profileId: string;
  readonly signal: SignalName;
}

/** What the first choice of every signal looks like; the person at the terminal changes it. */
const EXAMPLES: Readonly<Record<SignalName, object>> = {
  makerDecision: { decision: MAKER_DECISIONS[0] },
  checkerDecision: { decision: CHECKER_DECISIONS[0] },
  cancel: { cancelReason: CANCEL_REASONS[0] },
};

/** The fields of `--input`, in words. */
export const FIELDS: Readonly<Record<SignalName, string>> = {
  makerDecision: `"decision" is ${MAKER_DECISIONS.join(', ')}; all but APPROVED need "reason", a code of src/domain/reasons, and REJECTED a remark as well (--remark).`,
  checkerDecision: `"decision" is ${CHECKER_DECISIONS.join(', ')}; all but APPROVED need "reason", a code of src/domain/reasons, and a remark (--remark); SENT_BACK needs "sendBackTo": ${SEND_BACK_TO.join(', ')}; deciding against the maker needs "overrideReason".`,
  cancel: `"cancelReason" is ${CANCEL_REASONS.join(', ')}.`,
};

/** The whole command that sends the signal: program and arguments, to be run as they are. */
export function signalCommand(target: SignalTarget, issued: IssuedToken): string[] {
  const { executable, address, namespace, profileId, signal } = target;
  const { token, remarkRef } = issued;
  const input = { token, ...EXAMPLES[signal], ...(remarkRef !== '' && { remarkRef }) };
  return [
    executable,
    'workflow',
    'signal',
    '--address',
    address,
    ...(namespace === DEFAULT_NAMESPACE ? [] : ['--namespace', namespace]),
    '--workflow-id',
    profileWorkflowId(profileId),
    '--name',
    signal,
    '--input',
    JSON.stringify(input),
  ];
}

/** The same for a POSIX shell. */
export function shellLine(command: readonly string[]): string {
  return command
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}
