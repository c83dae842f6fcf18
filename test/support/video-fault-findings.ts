import { isFinal } from '../../src/domain/words';
import { type FaultRun, isAwaited, isLocked } from './video-fault-run';

/** What must hold after a run with faults, and what speaks against it: one sentence each. */
export const VIDEO_FINDINGS: Readonly<Record<string, (run: FaultRun) => readonly string[]>> = {
  'ends every journey': ({ result, wanted }) => [
    ...result.played
      .filter(({ status }) => !isFinal(status))
      .map(({ profileId, status }) => `${profileId} is ${status}`),
    ...(result.played.length === wanted.profiles ? [] : [`${result.played.length} were played`]),
  ],

  'leaves no room open, unlocked or with somebody in it': ({ emulator: { workspace }, calls }) => [
    ...[...workspace.rooms.values()].flatMap(({ name, enabled }) =>
      enabled ? [`${name} can be joined`] : [],
    ),
    ...[...workspace.sessions.keys()].map((roomId) => `somebody is in ${roomId}`),
    ...calls
      .filter((call) => !isLocked(call))
      .map(({ avSessionId, room }) => `${avSessionId} is ${room}`),
  ],

  'accounts for every recording': ({ emulator: { workspace }, calls }) => {
    const files = new Set(
      [...workspace.assets.values()]
        .filter(({ type, status }) => type === 'room-composite' && status === 'completed')
        .map(({ roomId }) => roomId),
    );
    const wrong = (what: string, is: (call: FaultRun['calls'][number]) => boolean): string[] =>
      calls
        .filter(is)
        .map(({ avSessionId, recording }) => `${avSessionId} (${recording}): ${what}`);
    return [
      ...wrong('still waited for', isAwaited),
      ...wrong(
        'no file',
        ({ roomId, recording }) => recording === 'RECORDED' && !files.has(roomId),
      ),
      ...wrong(
        'its file was overlooked',
        ({ roomId, recording }) => ['FAILED', 'MISSING'].includes(recording) && files.has(roomId),
      ),
    ];
  },

  'leaves no difference between what actors were told, the log, its tables and Temporal': ({
    verification,
  }) => verification.differences,

  'held calls enough, and met faults of every kind': (run) => {
    const { calls, emulator, wanted } = run;
    const least = wanted.profiles / 3;
    const recorded = calls.filter(({ recording }) => recording === 'RECORDED').length;
    const { random } = emulator.faults;
    const kinds = ['late', '401', '403', '429', '500', '503', 'hang-after'];
    const { met } = emulator.webhooks.faults;
    return [
      ...(emulator.workspace.rooms.size > least ? [] : ['few rooms']),
      ...(recorded > least ? [] : [`${recorded} recordings`]),
      ...kinds.filter((kind) => !random.met.has(kind)).map((kind) => `no call met ${kind}`),
      ...Object.entries(met).flatMap(([kind, n]) => (n > 0 ? [] : [`no webhook was ${kind}`])),
    ];
  },
};

/** What was seen, in numbers. */
export function totalsOf({ wanted, emulator, result, calls, verification }: FaultRun): string[] {
  const { faults, webhooks, workspace } = emulator;
  const counted = (texts: readonly string[]): string =>
    [...new Set(texts)]
      .sort()
      .map((text) => `${texts.filter((other) => other === text).length} ${text || 'none'}`)
      .join(', ');
  const kinds = [...faults.random.met].map(([kind, n]) => `${n} ${kind}`).sort();
  const { dropped, doubled, delayed } = webhooks.faults.met;
  return [
    `${wanted.profiles} journeys, ${wanted.agents} agents, seed ${wanted.seed}: ${counted(result.played.map(({ status }) => status))}.`,
    `${emulator.calls.length} calls of the API; failed or late: ${kinds.join(', ')}.`,
    `${webhooks.deliveries.length} webhooks: ${dropped} dropped, ${doubled} doubled, ${delayed} delayed.`,
    `${workspace.rooms.size} rooms; ${calls.length} AV sessions, recordings: ${counted(calls.map(({ recording }) => recording))}.`,
    `verify: ${verification.commands} commands, ${verification.profiles} profiles, ${verification.events} events compared.`,
  ];
}
