import { isoTime } from '../log-row';
import { take, type Step, type StepContext } from '../journal';
import type { Openings } from '../openings';
import { Refusal } from '../refusal';
import { isFinal, SYSTEM, type Actor } from '../words';
import { onDeskReply } from './assignment';
import * as call from './call';
import * as capture from './capture';
import * as captureRequests from './capture-requests';
import {
  ALLOWED_ACTORS,
  type CommandReply,
  type ProfileCommandName,
  type ProfileCommands,
  type ProfileInput,
} from './commands';
import { makerDecision } from './decision';
import { cancel, closeWhenSettled } from './ending';
import { hold, release } from './holding';
import { ProfileJournal } from './profile-journal';
import { startRecording } from './recording-request';
import * as review from './review';
import * as claims from './review-claim';
import { onVideoSettled } from './rooms';
import type { ProfileStart, ProfileState } from './state';
import * as routing from './routing';
import { bookSlot } from './scheduling';
import { parseSignal, redeemToken, refuseSignal } from './signals';
import * as tasks from './tasks';
import { onTimer, TIMER_ACTOR } from './timers';
import { onVideoFacts } from './video-facts';

const VIDEO_ACTOR: Actor = { type: 'SYSTEM', id: 'video' };

/**
 * A run takes at most 2,000 updates (Temporal's limit), and a profile never continues as new. The
 * last five hundred are kept for the commands that bring a case to its end.
 */
const MAX_COMMANDS = 1_500;
const ENDING_COMMANDS: readonly ProfileCommandName[] = [
  'cancel',
  'makerDecision',
  'claimReview', // without a claim there is no checker's decision
  'checkerDecision',
  'endCall',
];

const HANDLERS: {
  readonly [K in ProfileCommandName]: (j: ProfileJournal, input: ProfileCommands[K]) => string;
} = {
  issueLink: capture.issueLink,
  openCapture: capture.openCapture,
  giveConsent: capture.giveConsent,
  addDocument: capture.addDocument,
  submit: capture.submit,
  changeLanguage: routing.changeLanguage,
  reroute: routing.reroute,
  joinCall: call.joinCall,
  leaveCall: call.leaveCall,
  endCall: call.endCall,
  startRecording,
  releaseCall: call.releaseCall,
  addImage: call.addImage,
  requestCapture: captureRequests.requestCapture,
  answerCapture: captureRequests.answerCapture,
  failCapture: captureRequests.failCapture,
  addTask: tasks.addTask,
  setTaskVerdict: tasks.setTaskVerdict,
  makerDecision,
  bookSlot,
  hold,
  release,
  claimReview: claims.claimReview,
  assignReview: claims.assignReview,
  releaseReview: claims.releaseReview,
  setReviewVerdict: review.setReviewVerdict,
  checkerDecision: review.checkerDecision,
  cancel,
};

export type ProfileStep = Step<ProfileState, CommandReply>;

/** Begins a profile: its first events, its first capture link. */
export function startProfile(
  start: ProfileStart,
  context: StepContext,
  openings?: Openings,
): { state: ProfileState; journal: ProfileJournal } {
  const { startedBy, ...given } = start;
  const expiresAt = context.at + start.policy.timers.captureLink;
  const state: ProfileState = {
    ...given,
    ...(openings && { openings }),
    seq: 0,
    outbox: { desk: [], video: [] },
    outboxNext: 1,
    createdAt: context.at,
    status: 'CAPTURE_PENDING',
    statusSince: context.at,
    commands: 0,
    link: { version: 1, expiresAt },
    captureCount: 0,
    captureSessionId: '',
    consent: undefined,
    documents: [],
    skills: [],
    line: undefined,
    ticket: 0,
    avSessions: [],
    agentHeld: false,
    agents: [],
    noShows: 0,
    slot: undefined,
    hold: undefined,
    decisionReminders: 0,
    refusedSignals: 0,
    usedTokens: [],
    tasks: [],
    maker: undefined,
    review: undefined,
    checks: [],
    reviewsNeeded: 1,
    checker: undefined,
    reason: '',
    cancelReason: '',
    closed: false,
  };
  const journal = new ProfileJournal(state, { type: 'CLIENT', id: startedBy }, context);
  journal.emit('profile.created', {
    bodyHash: start.bodyHash,
    previousProfileId: start.previousProfileId,
    policyVersion: start.policy.version,
  });
  journal.emit('capture.link-issued', { linkVersion: 1, expiresAt: isoTime(expiresAt) });
  return { state: journal.state, journal };
}

/** One step of a journey: a command, a message, a timer's end → the next state and its events. */
export function stepProfile(
  state: ProfileState,
  input: ProfileInput,
  context: StepContext,
): ProfileStep {
  const journal = new ProfileJournal(state, actorOf(input), context);
  const step = take(journal, () => replyOf(journal, dispatch(journal, input)));
  if (step.ok || input.name !== 'signal') return step;
  // Nobody waits for a signal's answer: its refusal is an event, and nothing else changes.
  const refusal = new ProfileJournal(state, SYSTEM, context);
  return take(refusal, () => replyOf(refusal, refuseSignal(refusal, input.signal, step.code)));
}

function replyOf(j: ProfileJournal, id: string): CommandReply {
  return { profileId: j.state.profileId, status: j.state.status, seq: j.state.seq, id };
}

function actorOf(input: ProfileInput): Actor {
  if ('actor' in input) return input.actor;
  if (input.name === 'signal') return input.token.ok ? input.token.actor : SYSTEM;
  if (input.name === 'timer') return TIMER_ACTOR;
  if (input.name === 'videoFacts') return VIDEO_ACTOR;
  return input.name === 'deskReply' ? { type: 'SYSTEM', id: 'desk' } : SYSTEM;
}

function dispatch(j: ProfileJournal, input: ProfileInput): string {
  switch (input.name) {
    case 'deskReply':
      onDeskReply(j, input.reply);
      return '';
    case 'signal':
      redeemToken(j, input.signal, input.token);
      return command(j, input.signal, parseSignal(input.signal, input.input));
    case 'timer':
      onTimer(j, input.timer);
      return '';
    case 'openings':
      j.set({ openings: input.openings });
      return '';
    case 'deskSettled':
      j.settle('desk', input.id);
      if (isFinal(j.state.status)) closeWhenSettled(j);
      return '';
    case 'videoSettled':
      onVideoSettled(j, input);
      if (isFinal(j.state.status)) closeWhenSettled(j);
      return '';
    case 'videoFacts':
      onVideoFacts(j, input);
      return '';
    default:
      return command(j, input.name, input.input);
  }
}

function command<K extends ProfileCommandName>(
  j: ProfileJournal,
  name: K,
  input: ProfileCommands[K],
): string {
  if (!ALLOWED_ACTORS[name].includes(j.actor.type)) {
    throw new Refusal('ACTOR_NOT_ALLOWED', `${name} is not for ${j.actor.type}`);
  }
  if (isFinal(j.state.status))
    throw new Refusal('PROFILE_FINAL', `the profile is ${j.state.status}`);
  if (j.state.commands >= MAX_COMMANDS && !ENDING_COMMANDS.includes(name)) {
    throw new Refusal(
      'COMMAND_LIMIT',
      'this profile has taken its last command but those that end it',
    );
  }
  j.set({ commands: j.state.commands + 1 });
  return HANDLERS[name](j, input);
}
