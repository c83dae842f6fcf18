import { HundredMsClient } from '../../src/video/hundredms/client';
import type { Emulator } from './emulator';
import type { HmsEvent } from './hms-event';
import type { Body } from './refusal';
import type { Peer } from './state';

/** A room of an emulator with a template as ours, and who joins it: what its specs begin with. */
export interface EmulatedRoom {
  readonly id: string;
  readonly client: HundredMsClient;
  /** All that happened, in order. */
  readonly events: HmsEvent[];
  token(role: string): Promise<string>;
  join(role: string): Promise<Peer>;
}

const ROLES = {
  agent: { name: 'agent' },
  customer: { name: 'customer', maxPeerCount: 2 },
  recorder: { name: 'recorder' },
};

export function clientOf({ workspace, url }: Emulator): HundredMsClient {
  const { accessKey, appSecret } = workspace.keys;
  return new HundredMsClient({ apiUrl: url, accessKey, appSecret: Buffer.from(appSecret) });
}

export async function emulatedRoom(
  emulator: Emulator,
  { composite = {}, room = {} }: { readonly composite?: Body; readonly room?: Body } = {},
): Promise<EmulatedRoom> {
  // So short that a test sees them pass.
  Object.assign(emulator.workspace.delays, {
    dropReportedMs: 60,
    recorderJoinsMs: 5,
    recorderLeavesMs: 5,
    compositeFileMs: 5,
    sfuFileMs: 5,
    secondMs: 0.5,
  });
  emulator.webhooks.timeScale = 0.02;
  const client = clientOf(emulator);
  const { id: template_id } = await idOf(client.post('/templates', { name: 'kyc', roles: ROLES }));
  const recording = { name: 'default', role: 'recorder', compositeRecording: composite };
  await client.post(`/templates/${template_id}/recordings`, [recording]);
  const { id } = await idOf(client.post('/rooms', { name: 'room-1', template_id, ...room }));
  const events: HmsEvent[] = [];
  emulator.workspace.onEvent((event) => events.push(event));
  const token = (role: string): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    return client.roomToken({ roomId: id, role, userId: `u-${role}`, now, exp: now + 60 });
  };
  const join = async (role: string): Promise<Peer> => emulator.workspace.join(await token(role));
  return { id, client, events, token, join };
}

async function idOf(answer: Promise<unknown>): Promise<{ readonly id: string }> {
  return (await answer) as { readonly id: string };
}

/** Looks until it is so; the test's own time limit ends it. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}
