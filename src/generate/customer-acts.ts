import { DOCUMENT_KINDS, type Actor, type DocumentKind } from '../domain/words';
import { NOBODYS_SKILL } from '../demo/outcomes';
import type { ProfileInput } from '../domain/profile/commands';
import { lastAv } from '../domain/profile/state';
import { TAKES, type Person } from './person';
import { ZONE_MS } from './plan';

/** Something that somebody does next, if nothing else happens before. */
export interface Act {
  readonly later: number;
  readonly input: ProfileInput;
}

const CUSTOMER: Actor = { type: 'CUSTOMER', id: 'customer' };
const MOST_COMEBACKS = 4;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const OPEN_MS = 9 * HOUR_MS;
const CLOSE_MS = 17 * HOUR_MS;

/** What the customer does while his case is his: until he is in line, and in the call. */
export function customerAct(person: Person, at: number): Act | undefined {
  const { state, outcome } = person;
  switch (state.status) {
    case 'CAPTURE_PENDING':
      return outcome.capture === 'NEVER_OPENS' ? undefined : logsIn(person, TAKES.opening);
    case 'CAPTURE_IN_PROGRESS':
      return captures(person);
    case 'SCHEDULED':
      return comesBack(person, at);
    default:
      return undefined;
  }
}

function act(person: Person, mean: number, input: ProfileInput): Act {
  return { later: person.takes(mean), input };
}

function logsIn(person: Person, mean: number): Act {
  const linkVersion = person.state.link.version;
  return act(person, mean, { name: 'openCapture', actor: CUSTOMER, input: { linkVersion } });
}

function captures(person: Person): Act | undefined {
  const { state, outcome } = person;
  const { captureSessionId, documents, policy, statusSince } = state;
  if (state.consent === undefined) {
    const [version = ''] = policy.consentVersions;
    const input = {
      captureSessionId,
      version,
      language: state.language,
      textSha256: shaOf(person),
    };
    return act(person, TAKES.reading, { name: 'giveConsent', actor: CUSTOMER, input });
  }
  if (outcome.capture === 'WALKS_AWAY') return undefined;
  const missing = policy.requiredDocuments.find(
    (kind) => !documents.some((document) => document.kind === kind),
  );
  if (missing) return photographs(person, missing);
  // Asked for once more: one new one is enough.
  const fresh = documents.some(({ receivedAt }) => receivedAt >= statusSince);
  return fresh ? submits(person, TAKES.reading) : photographs(person, 'PAN_CARD');
}

function photographs(person: Person, kind: DocumentKind): Act {
  const { captureSessionId, documents } = person.state;
  const number = documents.length + DOCUMENT_KINDS.indexOf(kind);
  const sha256 = shaOf(person);
  const bytes = 200_000 + Math.floor(person.draw() * 2_000_000);
  const stored = { kind, sha256, bytes, mediaType: 'image/jpeg', blobRef: `past-${number}` };
  const input = { captureSessionId, ...stored };
  return act(person, TAKES.photo, { name: 'addDocument', actor: CUSTOMER, input });
}

function submits(person: Person, mean: number): Act {
  const { captureSessionId, language, ticket } = person.state;
  const inVain = person.outcome.asksForNobody && ticket === 0;
  const skills = [inVain ? NOBODYS_SKILL : 'savings'];
  const input = { captureSessionId, language, skills };
  return act(person, mean, { name: 'submit', actor: CUSTOMER, input });
}

function comesBack(person: Person, at: number): Act | undefined {
  const { state, outcome } = person;
  if (!outcome.comesBack || person.comebacks >= MOST_COMEBACKS) return undefined;
  if (state.captureSessionId === '') return logsIn(person, TAKES.comeback);
  const { captureSessionId, slot } = state;
  if (outcome.slot && !person.booked) {
    const input = { captureSessionId, at: at + HOUR_MS + Math.floor(person.draw() * 20) * HOUR_MS };
    return act(person, TAKES.reading, { name: 'bookSlot', actor: CUSTOMER, input });
  }
  if (slot === undefined) {
    const comes = submits(person, TAKES.comeback);
    return { ...comes, later: untilOpen(at + comes.later) - at };
  }
  // A slot that he is to miss is the timer's.
  if (outcome.slot === 'MISSED') return undefined;
  return { ...submits(person, TAKES.reading), later: Math.max(slot - at, 0) + 30_000 };
}

/** He knows when somebody is there: from nine to five; else he comes in the course of the next morning. */
function untilOpen(at: number): number {
  const sinceMidnight = (at + ZONE_MS) % DAY_MS;
  if (sinceMidnight >= OPEN_MS && sinceMidnight < CLOSE_MS) return at;
  const day = sinceMidnight < OPEN_MS ? 0 : DAY_MS;
  // As late in the morning as he is early or late in the day.
  return at - sinceMidnight + day + OPEN_MS + (sinceMidnight % (3 * HOUR_MS));
}

/** In the call: he comes in, may lose his connection, and comes back or not. */
export function customerInCall(person: Person): Act | undefined {
  const { state, plan } = person;
  const av = lastAv(state);
  if (!av || !plan || plan.customer === 'STAYS_AWAY') return undefined;
  const { captureSessionId } = state;
  const loss = plan.lost?.customer;
  if (!av.customerIn) {
    const isBack = av.gone?.who === 'CUSTOMER';
    if (isBack && loss === 'GONE') return undefined;
    const mean = isBack ? TAKES.gone : TAKES.joining;
    return act(person, mean, { name: 'joinCall', actor: CUSTOMER, input: { captureSessionId } });
  }
  const key = person.sideOf('CUSTOMER');
  if (av.startedAt === undefined || loss === undefined || person.lost.has(key)) return undefined;
  const input = { captureSessionId, cause: 'CONNECTION_LOST' } as const;
  return act(person, TAKES.loss, { name: 'leaveCall', actor: CUSTOMER, input });
}

export function customerLeaves({ state }: Person): ProfileInput {
  const { captureSessionId } = state;
  return { name: 'leaveCall', actor: CUSTOMER, input: { captureSessionId } };
}

/** A fingerprint of something that never was. */
function shaOf({ draw }: Person): string {
  const part = (): string =>
    Math.floor(draw() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return Array.from({ length: 8 }, part).join('');
}
