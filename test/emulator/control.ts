import type { LiveWorkspace } from './live-workspace';
import { invalid, isBody, textIn } from './refusal';
import type { Request, Routes } from './routes';
import type { Outcome } from './state';

const OUTCOMES: readonly Outcome[] = [
  'SUCCESS',
  'FAILURE',
  'BLANK',
  'TWO_FILES',
  'NONE',
  'NO_RECORDER',
];

/**
 * What browsers would do, for an emulator that runs on its own: no part of 100ms, and without a token.
 * `POST /emulator/join` with a join token answers the peer.
 */
export function controlRoutes(workspace: LiveWorkspace): Routes {
  const done = (act: () => void): object => {
    act();
    return {};
  };
  return {
    'POST /emulator/join': ({ body }) =>
      workspace.join(fieldOf(body, 'token'), fieldOf(body, 'name')),
    'POST /emulator/peers/:id/leave': ({ id }) =>
      done(() => {
        workspace.leave(id);
      }),
    'POST /emulator/peers/:id/drop': ({ id }) =>
      done(() => {
        workspace.dropConnection(id);
      }),
    'POST /emulator/rooms/:id/recording-outcome': ({ id, body }) =>
      done(() => {
        const outcome = OUTCOMES.find((known) => known === fieldOf(body, 'outcome'));
        if (outcome === undefined) throw invalid('outcome');
        workspace.recordingOutcome(workspace.room(id).id, outcome);
      }),
  };
}

export function isControl(call: string): boolean {
  return call.startsWith('POST /emulator/');
}

function fieldOf(body: Request['body'], name: string): string {
  return isBody(body) ? textIn(body[name]) : '';
}
