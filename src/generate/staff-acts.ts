import type { ProfileInput } from '../domain/profile/commands';
import { lastAv } from '../domain/profile/state';
import type { Actor } from '../domain/words';
import { customerInCall, customerLeaves, type Act } from './customer-acts';
import { TAKES, type Person } from './person';

const AGENT_LEAVES_IT = { decision: 'UTV', reason: 'TECH_CALL_DROPPED_CUSTOMER' } as const;
const REMARK = `remarks/${'0'.repeat(64)}`;
/** Of a hundred optional tasks, how many the agent skips. */
const SKIPPED = 12;
/** Of a hundred calls, how many the customer ends. */
const CUSTOMER_ENDS = 60;

const agentOf = (agentId: string): Actor => ({ type: 'AGENT', id: agentId });
const SUPERVISOR: Actor = { type: 'SUPERVISOR', id: 'supervisor-1' };
const CLIENT: Actor = { type: 'CLIENT', id: 'past' };

/** What the people who deal with a case do next. */
export function staffAct(person: Person, reviewers: readonly string[]): Act | undefined {
  switch (person.state.status) {
    case 'IN_CALL':
      return inCall(person);
    case 'DECISION_PENDING':
      return decides(person);
    case 'REVIEW_PENDING':
      return claims(person, reviewers);
    case 'IN_REVIEW':
      return reviews(person, reviewers);
    case 'ON_HOLD':
      return act(person, TAKES.hold, { name: 'release', actor: SUPERVISOR, input: {} });
    default:
      return undefined;
  }
}

/** The client or the supervisor steps in where the way says so. */
export function outsiderAct(person: Person): Act | undefined {
  const { status } = person.state;
  const { cancelled, held } = person.outcome;
  if (cancelled === status) {
    const input = { cancelReason: 'CLIENT_REQUEST' } as const;
    return act(person, TAKES.steppingIn / 6, { name: 'cancel', actor: CLIENT, input });
  }
  if (!held.includes(status) || person.heldAt.has(status)) return undefined;
  return act(person, TAKES.steppingIn / 6, { name: 'hold', actor: SUPERVISOR, input: {} });
}

function act(person: Person, mean: number, input: ProfileInput): Act {
  return { later: person.takes(mean), input };
}

function inCall(person: Person): Act | undefined {
  const { state, plan } = person;
  const av = lastAv(state);
  if (!av || !plan || av.room !== 'OPEN') return undefined;
  const actor = agentOf(av.agentId);
  const loss = plan.lost?.agent;
  if (!av.agentIn) {
    const isGone = av.gone?.who === 'AGENT' || person.lost.has(person.sideOf('AGENT'));
    if (isGone && loss === 'GONE') return undefined;
    const mean = isGone ? TAKES.gone : TAKES.joining / 2;
    return act(person, mean, { name: 'joinCall', actor, input: {} });
  }
  const customers = customerInCall(person);
  if (customers || !av.customerIn || av.startedAt === undefined) return customers;
  const key = person.sideOf('AGENT');
  if (loss !== undefined && !person.lost.has(key)) {
    const input = { cause: 'CONNECTION_LOST' } as const;
    return act(person, TAKES.loss, { name: 'leaveCall', actor, input });
  }
  const task = nextTask(person);
  if (task) return verdict(person, task, TAKES.task);
  if (plan.tooLong) return undefined;
  const ends: ProfileInput = person.happens(CUSTOMER_ENDS)
    ? customerLeaves(person)
    : { name: 'endCall', actor, input: {} };
  return act(person, TAKES.goodbye, ends);
}

/** The next one that he judges: what is optional he skips now and then. */
function nextTask(person: Person): string | undefined {
  const { tasks } = person.state;
  const open = tasks.find((task) => task.verdict === '' && !person.settled.has(task.taskId));
  if (!open || open.mandatory || !person.happens(SKIPPED)) return open?.taskId;
  person.settled.add(open.taskId);
  return nextTask(person);
}

function verdict(person: Person, taskId: string, mean: number): Act {
  const rejects = person.plan?.maker?.decision === 'REJECTED';
  const given = rejects && taskId.endsWith('.t1') ? 'FAIL' : 'PASS';
  const actor = agentOf(lastAv(person.state)?.agentId ?? '');
  return act(person, mean, {
    name: 'setTaskVerdict',
    actor,
    input: { taskId, verdict: given },
  });
}

function decides(person: Person): Act | undefined {
  const { state, plan } = person;
  const actor = agentOf(lastAv(state)?.agentId ?? '');
  const { decision, reason } = plan?.maker ?? AGENT_LEAVES_IT;
  const open = state.tasks.find((task) => task.mandatory && task.verdict === '');
  if (decision === 'APPROVED' && open) return verdict(person, open.taskId, TAKES.verdict);
  const input = {
    decision,
    ...(reason !== undefined && { reason }),
    ...(decision === 'REJECTED' && { remarkRef: REMARK }),
  };
  return act(person, TAKES.deciding, { name: 'makerDecision', actor, input });
}

function claims(person: Person, reviewers: readonly string[]): Act | undefined {
  const { agents, checks } = person.state;
  const able = reviewers.filter(
    (id) => !agents.includes(id) && !checks.some(({ reviewerId }) => reviewerId === id),
  );
  const id = able[Math.floor(person.draw() * able.length)];
  if (id === undefined) return undefined;
  const actor: Actor = { type: 'REVIEWER', id };
  return act(person, TAKES.untilReview, { name: 'claimReview', actor, input: {} });
}

function reviews(person: Person, reviewers: readonly string[]): Act | undefined {
  const { state, outcome } = person;
  const actor: Actor = { type: 'REVIEWER', id: state.review?.reviewerId ?? '' };
  const pass = outcome.passes[person.passes];
  if (pass === 'RELEASED') {
    return act(person, TAKES.checking, { name: 'releaseReview', actor, input: {} });
  }
  const other = reviewers.find((id) => id !== actor.id && !state.agents.includes(id));
  if (pass === 'ASSIGNED' && other !== undefined) {
    const input = { reviewerId: other };
    return act(person, TAKES.steppingIn, { name: 'assignReview', actor: SUPERVISOR, input });
  }
  const document = state.documents.find((d) => !d.replaced && d.reviewVerdict === '');
  const task = state.tasks.find((t) => t.reviewVerdict === '');
  const subject = document ? { documentId: document.documentId } : task && { taskId: task.taskId };
  if (subject) {
    const input = { ...subject, verdict: 'PASS' } as const;
    return act(person, TAKES.verdict, { name: 'setReviewVerdict', actor, input });
  }
  return checks(person, actor);
}

function checks(person: Person, actor: Actor): Act {
  const { outcome, state } = person;
  const plan = outcome.checks[person.checks] ?? outcome.checks.at(-1);
  const decision = plan?.decision ?? 'APPROVED';
  const against = decision !== 'SENT_BACK' && decision !== state.maker?.decision;
  const input = {
    decision,
    ...(plan?.reason !== undefined && { reason: plan.reason }),
    ...(plan?.sendBackTo !== undefined && { sendBackTo: plan.sendBackTo }),
    ...(against && { overrideReason: plan?.overrideReason ?? 'MAKER_ERROR' }),
    ...(decision !== 'APPROVED' && { remarkRef: REMARK }),
  };
  return act(person, TAKES.checking, { name: 'checkerDecision', actor, input });
}
