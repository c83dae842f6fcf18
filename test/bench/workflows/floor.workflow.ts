import * as wf from '@temporalio/workflow';
import type { AgentView } from '../../../src/domain/desk/view';
import type { DeskMessage } from '../../../src/domain/messages';
import type { ProfileStart } from '../../../src/domain/profile/state';
import * as c from '../../../workflows/contracts';

/** Takes what a profile takes, answers what it answers, signals what it signals; no more. */
export async function floorProfile(start: ProfileStart): Promise<{ status: string }> {
  const { profileId } = start;
  const desk = wf.getExternalWorkflowHandle(c.deskWorkflowId(start.ouid));
  const [id, ticket] = [`${profileId}.1`, { profileId, n: 1 }];
  let [seq, room] = [2, 'OPENING'];
  const wait = { since: Date.now(), until: Date.now(), offerTimeout: 15_000 };
  const say = (message: DeskMessage): void => void desk.signal(message.kind, message);
  const needs = { queueId: 'q-hi', queueName: 'hindi', language: 'en', skills: [], priority: 5 };
  wf.setDefaultUpdateHandler((name, envelope) => {
    const { bodyHash } = envelope as c.CommandEnvelope;
    if (name === 'submit') say({ kind: 'enqueue', ticket, needs, ...wait });
    if (name === 'makerDecision') say({ kind: 'release', ticket });
    if (name === 'checkerDecision') room = 'LOCKED';
    return { profileId, status: 'IN_REVIEW', seq: ++seq, id, bodyHash };
  });
  wf.setHandler(wf.defineSignal<[{ offerId: string }]>('assign'), ({ offerId }) => {
    room = 'OPEN';
    say({ kind: 'confirm', ticket, offerId, avSessionId: id });
  });
  wf.setHandler(wf.defineQuery(c.PROFILE_QUERY), () => ({ ...start, avSessions: [{ room }] }));
  await wf.condition(() => room === 'LOCKED');
  return { status: 'APPROVED' };
}

/** Offers each customer to the first agent who is free; there is always one. */
export async function floorDesk(): Promise<void> {
  const free = { state: 'FREE', since: Date.now(), profileId: '', avSessionId: '' } as const;
  const agents: Record<string, AgentView> = {};
  const change = (of: (agent: AgentView) => boolean, to: AgentView): void => {
    const [found] = Object.entries(agents).find(([, agent]) => of(agent)) ?? [];
    if (found !== undefined) agents[found] = to;
  };
  const take = ({ name, agentId }: c.AgentCommand): c.DeskResult => {
    const { profileId, offerId } = agents[agentId]?.offer ?? { profileId: '', offerId: '' };
    const reply = { kind: 'assign', ticket: { profileId, n: 1 }, offerId, agentId };
    const profile = wf.getExternalWorkflowHandle(c.profileWorkflowId(profileId));
    if (name === 'online') agents[agentId] = free;
    else void profile.signal(reply.kind, reply);
    return { ok: true };
  };
  const commands = wf.defineUpdate<c.DeskResult[], [c.AgentCommand[]]>(c.DESK_UPDATE);
  wf.setHandler(commands, (all) => all.map(take));
  wf.setDefaultSignalHandler((kind, message) => {
    const { profileId } = (message as DeskMessage).ticket;
    const offer = { offerId: `${profileId}.o1`, profileId, expiresAt: 0, accepted: false };
    if (kind === 'enqueue') change((a) => a === free, { ...free, state: 'OFFERED', offer });
    else if (kind === 'release') change((a) => a.profileId === profileId, free);
    else change((a) => a.offer?.profileId === profileId, { ...free, state: 'BUSY', profileId });
  });
  const view = { agents, positions: {}, estimates: {}, queues: [] };
  wf.setHandler(wf.defineQuery(c.DESK_QUERY), () => view);
  await wf.condition(() => false);
}
