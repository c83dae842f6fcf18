import {
  agent,
  asInput,
  captureMoves,
  customer,
  move,
  NOON,
  policy,
  profileStart,
} from '../../../test/support/journeys';
import { OFFICE, withHours } from '../../../test/support/opening-hours';
import { Profile } from '../../../test/support/profile-under-test';
import type { Interval } from '../openings';
import type { ProfileInput } from './commands';
import type { ProfileState } from './state';
import { bookable } from './scheduling';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const supervisor = { type: 'SUPERVISOR', id: 's1' } as const;

/** A case of an organization whose queues are open at these times, and the others always. */
function withOpenings(queues: Record<string, readonly Interval[]>): Partial<ProfileState> {
  return {
    policy: withHours(policy(), OFFICE, ...Object.keys(queues)),
    openings: { until: NOON + 960 * HOUR, queues },
  };
}

const from = (start: number, hours: number): Interval => ({
  from: NOON + start * HOUR,
  to: NOON + (start + hours) * HOUR,
});
const captured = (patch: Partial<ProfileState>): Profile =>
  new Profile(patch).take(...captureMoves(profileStart().profileId).slice(0, -1).map(asInput));
const submit = (p: Profile, skills: string[] = [], language = 'en'): ProfileInput =>
  asInput(
    move('submit', customer, { captureSessionId: p.state.captureSessionId, language, skills }),
  );
const book = (p: Profile, at: number): ProfileInput =>
  asInput(move('bookSlot', customer, { captureSessionId: p.state.captureSessionId, at }));
const last = (p: Profile, eventType: string) =>
  p.rows.filter((row) => row.eventType === eventType).at(-1)?.details;

/** Handed in at night, all queues closed until two hours later. */
function sentAway(): Profile {
  const p = captured(withOpenings({ 'q-en': [from(2, 9)], 'q-hi': [from(3, 9)] }));
  return p.take(submit(p));
}

describe('a customer who hands in', () => {
  it('gets into the queue that is open, and the log says what there was to choose from', () => {
    const p = captured(withOpenings({ 'q-hi': [from(5, 9)] }));
    p.take(submit(p));
    expect(p.state.line?.queueId).toBe('q-en');
    expect(last(p, 'queue.entered')).toMatchObject({
      chosenBy: 'NEEDS',
      candidates: ['q-en', 'q-hi'],
      closed: ['q-hi'],
    });
  });

  it('waits until the queue closes at most', () => {
    const p = captured(withOpenings({ 'q-en': [from(-1, 1.25)], 'q-hi': [] }));
    p.take(submit(p));
    const [sent] = p.state.outbox.desk.map(({ message }) => message);
    expect(sent).toMatchObject({ kind: 'enqueue', until: NOON + 15 * MINUTE });
  });

  it('while every queue for him is closed is to come back, and told when', () => {
    const p = sentAway();
    expect(p.state).toMatchObject({
      status: 'SCHEDULED',
      reason: 'TECH_NO_AGENT_AVAILABLE',
      ticket: 0,
      waitedSince: p.at,
    });
    expect(p.state.outbox.desk).toEqual([]);
    expect(last(p, 'profile.scheduled')).toEqual({
      why: 'TECH_NO_AGENT_AVAILABLE',
      closed: ['q-en', 'q-hi'],
      opensAt: new Date(NOON + 2 * HOUR).toISOString(),
    });
  });

  it('is refused when the only queue that fits opens on no day', () => {
    const never = { ...OFFICE, weekly: [] };
    const p = captured({ policy: withHours(policy(), never, 'q-hi') });
    expect(p.refusal(submit(p, ['nri']))).toBe('NO_QUEUE_FITS');
    expect(p.refusal(submit(p))).toBe('accepted');
  });
});

describe('a customer who was sent away', () => {
  it('comes back to the place he had', () => {
    const p = sentAway();
    const came = p.at;
    p.at = NOON + 4 * HOUR;
    p.take(submit(p));
    expect(p.state).toMatchObject({ status: 'QUEUED', waitedSince: undefined });
    expect(p.state.line?.since).toBe(came);
  });

  it('too early again keeps the time he had booked, and his link lasts until after it', () => {
    const p = sentAway();
    const slot = NOON + 3 * HOUR;
    p.take(book(p, slot));
    const { link } = p.state;
    p.take(submit(p));
    expect(p.state).toMatchObject({ status: 'SCHEDULED', slot });
    expect(p.state.link.expiresAt).toBeGreaterThanOrEqual(link.expiresAt);
  });

  it('books a time at which a queue for him is open, and learns of the next when it is not', () => {
    const p = sentAway();
    expect(bookable(p.state, p.at)).toEqual([from(2, 10)]);
    expect(p.refusal(book(p, NOON + HOUR))).toBe('SLOT_NOT_VALID');
    expect(p.detail(book(p, NOON + HOUR))).toContain(new Date(NOON + 2 * HOUR).toISOString());
    expect(p.refusal(book(p, NOON + 12 * HOUR))).toBe('SLOT_NOT_VALID');
    p.take(book(p, NOON + 12 * HOUR - 1));
    expect(p.state.slot).toBe(NOON + 12 * HOUR - 1);
  });

  it('books any time of 30 days when one of his queues is always open', () => {
    const p = sentAway();
    p.take(asInput(move('openCapture', customer, { linkVersion: 1 })));
    p.state = { ...p.state, policy: policy() };
    expect(bookable(p.state, p.at)).toEqual([{ from: p.at, to: p.at + 720 * HOUR }]);
    p.take(book(p, NOON + HOUR));
    expect(p.state.slot).toBe(NOON + HOUR);
  });
});

describe('closing time', () => {
  it('during a call that fails sends him away with the place he always had', () => {
    const p = captured(withOpenings({ 'q-en': [from(-1, 2)], 'q-hi': [] }));
    p.take(submit(p));
    const since = p.state.line?.since;
    p.assign().video({ roomId: 'room-1' });
    p.at = NOON + 2 * HOUR;
    const utv = { decision: 'UTV', reason: 'BIZ_FACE_NOT_VISIBLE' } as const;
    p.take(asInput(move('makerDecision', agent('a1'), utv)));
    expect(p.state).toMatchObject({ status: 'SCHEDULED', waitedSince: since });
    expect(bookable(p.state, p.at)).toEqual([]);
    expect(last(p, 'profile.scheduled')).toMatchObject({ closed: ['q-en', 'q-hi'], opensAt: '' });
  });

  it('takes nobody out of his line for another that is closed', () => {
    const p = captured(withOpenings({ 'q-hi': [from(5, 9)] }));
    p.take(submit(p));
    const { captureSessionId, line } = p.state;
    const hindi = move('changeLanguage', customer, { captureSessionId, language: 'hi' });
    const route = move('reroute', supervisor, { queueId: 'q-hi', why: 'COMPLAINT' });
    expect(p.refusal(asInput(hindi))).toBe('QUEUE_CLOSED');
    expect(p.refusal(asInput(route))).toBe('QUEUE_CLOSED');
    expect(p.state.line).toEqual(line);
  });
});

describe('a supervisor’s choice of queue', () => {
  it('counts more than what he needs, and is said to be his', () => {
    const p = captured(withOpenings({ 'q-en': [], 'q-hi': [from(-1, 9)] }));
    p.take(asInput(move('reroute', supervisor, { queueId: 'q-hi', why: 'COMPLAINT' })));
    p.take(submit(p));
    expect(last(p, 'queue.entered')).toMatchObject({
      chosenBy: 'SUPERVISOR',
      candidates: ['q-hi'],
      closed: [],
    });
  });

  it('is waited for while that queue is closed, whatever else is open', () => {
    const p = captured(withOpenings({ 'q-hi': [from(2, 9)] }));
    p.take(asInput(move('reroute', supervisor, { queueId: 'q-hi', why: 'COMPLAINT' })));
    p.take(submit(p));
    expect(p.state.status).toBe('SCHEDULED');
    expect(bookable(p.state, p.at)).toEqual([from(2, 9)]);
  });
});
