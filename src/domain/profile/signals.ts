import { Refusal, type RefusalCode } from '../refusal';
import { CANCEL_REASONS, CHECKER_DECISIONS, MAKER_DECISIONS, SEND_BACK_TO } from '../words';
import type { ProfileCommands, SignalName, SignalToken } from './commands';
import type { ProfileJournal } from './profile-journal';

/** A profile that is sent forged signals all day must not grow without end. */
const MAX_REFUSED = 200;

/** The token is this profile's and for this signal, and it was not used before. */
export function redeemToken(j: ProfileJournal, signal: SignalName, token: SignalToken): void {
  if (!token.ok) throw new Refusal(token.why, 'the decision token is not valid');
  const { ouid, profileId, usedTokens } = j.state;
  if (token.ouid !== ouid || token.profileId !== profileId) {
    throw new Refusal('TOKEN_OF_ANOTHER_PROFILE', 'the decision token is for another profile');
  }
  if (token.signal !== signal) {
    throw new Refusal('TOKEN_INVALID', 'the decision token is for another signal');
  }
  if (usedTokens.includes(token.jti)) {
    throw new Refusal('TOKEN_USED', 'the decision token was used before');
  }
  j.set({ usedTokens: [...usedTokens, token.jti] });
}

/** Counted always, and an event unless there were too many. */
export function refuseSignal(j: ProfileJournal, signal: SignalName, why: RefusalCode): string {
  const refusedSignals = j.state.refusedSignals + 1;
  j.set({ refusedSignals });
  if (refusedSignals <= MAX_REFUSED) j.emit('signal.refused', { signal, why });
  return '';
}

type Given = Readonly<Record<string, unknown>>;

/** A signal is typed by a person: what it holds is checked here, word for word. */
export function parseSignal<S extends SignalName>(signal: S, given: unknown): ProfileCommands[S] {
  const input: Given = typeof given === 'object' && given !== null ? { ...given } : {};
  const parsers: { readonly [K in SignalName]: (input: Given) => ProfileCommands[K] } = {
    makerDecision: (g) => ({ decision: oneOf(g['decision'], MAKER_DECISIONS), ...texts(g) }),
    checkerDecision: (g) => ({
      decision: oneOf(g['decision'], CHECKER_DECISIONS),
      ...(g['sendBackTo'] !== undefined && { sendBackTo: oneOf(g['sendBackTo'], SEND_BACK_TO) }),
      ...texts(g),
      ...(typeof g['overrideReason'] === 'string' && { overrideReason: g['overrideReason'] }),
    }),
    cancel: (g) => ({ cancelReason: oneOf(g['cancelReason'], CANCEL_REASONS) }),
  };
  return parsers[signal](input);
}

function oneOf<T extends string>(value: unknown, words: readonly T[]): T {
  const found = words.find((word) => word === value);
  if (found === undefined)
    throw new Refusal('SIGNAL_NOT_VALID', `needs one of ${words.join(', ')}`);
  return found;
}

/** A remark is a reference, never free text: a signal stands in the history in clear. */
function texts(given: Given): { reason?: string; remarkRef?: string } {
  const { reason, remarkRef } = given;
  const isRef = typeof remarkRef === 'string' && /^remarks\/[0-9a-f]{64}$/.test(remarkRef);
  return { ...(typeof reason === 'string' && { reason }), ...(isRef && { remarkRef }) };
}
