import { BLANK_COLUMNS, type LogRow } from '../../src/domain/log-row';
import { startLog, type TestLog } from '../engine/log-fixture';
import { DESK_CHECKS } from './desk-checks';
import type { Heard } from './desk-heard';
import { readDeskLog } from './desk-log';

const NOON = Date.UTC(2026, 0, 15, 12);
/** Room for rows between two of one stream. */
const STEP = 100;

type Facts = Partial<LogRow> & Pick<LogRow, 'stream' | 'seq' | 'eventType'>;

/** `second` says when. */
function row(second: number, { details = {}, ...facts }: Facts): LogRow {
  const occurredAt = new Date(NOON + second * 1_000).toISOString();
  const actor = { actorType: 'SYSTEM', actorId: 'system' } as const;
  const streamId = facts.stream === 'desk' ? 'bank' : (facts.profileId ?? '');
  return { ...BLANK_COLUMNS, ...actor, ouid: '', streamId, occurredAt, details, ...facts };
}

/** Customer n comes at second n and is served by an agent of his own from second 20 + n on. */
function journey(n: number): LogRow[] {
  const profileId = `p${n}`;
  const offerId = `${profileId}.o1`;
  const av = { agentId: `a${n}` };
  const places = { ticket: 1, since: new Date(NOON + n * 1_000).toISOString() };
  const told = [
    [n, 'profile.submitted', { skills: ['savings'] }],
    [n, 'queue.entered', places],
    [20 + n, 'queue.left', { ticket: 1, why: 'ASSIGNED' }],
    [20 + n, 'av.opened', { offerId, av }],
    [50, 'av.ended', { av }],
  ] as const;
  const about = { profileId, queueId: 'english', language: 'en', avSessionId: `${profileId}.1` };
  const desk = ['offer.made', 'offer.accepted', 'offer.confirmed', 'agent.freed'].map(
    (eventType, i) => {
      const seq = (n * 4 + i) * STEP;
      const whose = eventType === 'agent.freed' ? {} : { offerId, ticket: 1 };
      const who = { agentId: `a${n}`, profileId: 'offerId' in whose ? profileId : '' };
      return row(20 + n, { stream: 'desk', seq, eventType, ...who, details: whose });
    },
  );
  const own = told.map(([second, eventType, details], i) =>
    row(second, { stream: 'profile', seq: (i + 1) * STEP, eventType, ...about, details }),
  );
  return [...own, ...desk];
}

const GOOD = [journey(1), journey(2), journey(3)].flat();

const is = (type: string, profileId: string) => (one: LogRow) =>
  one.eventType === type && one.profileId === profileId;
const without = (type: string, profileId: string): LogRow[] =>
  GOOD.filter((one) => !is(type, profileId)(one));
/** Other columns or details in one row. */
const changed = (type: string, profileId: string, other: Partial<LogRow>): LogRow[] =>
  GOOD.map((one) =>
    is(type, profileId)(one)
      ? { ...one, ...other, details: { ...one.details, ...other.details } }
      : one,
  );
/** A second offer for p1, with the events of the first, so much later in the desk's stream. */
const again = (seq: number, agentId: string, ...types: readonly string[]): LogRow[] => {
  const copies = GOOD.filter((one) => one.profileId === 'p1' && types.includes(one.eventType));
  const details = { offerId: 'p1.o9', ticket: 1 };
  return [...GOOD, ...copies.map((one) => ({ ...one, seq: one.seq + seq, agentId, details }))];
};

const BROKEN: readonly (readonly [keyof typeof DESK_CHECKS, string, readonly LogRow[]])[] = [
  [
    'serves everybody who waited until he was served exactly once',
    'profile p1 (ticket 1) left the line ASSIGNED: 2 confirmed offers, 1 calls',
    again(350, 'a9', 'offer.made', 'offer.accepted', 'offer.confirmed'),
  ],
  [
    'serves everybody who waited until he was served exactly once',
    'profile p2 (ticket 1) left the line ASSIGNED: 1 confirmed offers, 0 calls',
    without('av.opened', 'p2'),
  ],
  [
    'serves everybody who waited until he was served exactly once',
    'profile p2 (ticket 1) was offered and never in line',
    without('queue.entered', 'p2').filter((one) => !is('queue.left', 'p2')(one)),
  ],
  [
    'offers nobody to two agents at once',
    'profile p1 (ticket 1) was offered by p1.o9 while p1.o1 was open',
    again(150, 'a9', 'offer.made', 'offer.accepted'),
  ],
  [
    'gives no agent a second customer at once',
    'a1 was offered p2.o1 and still had p1.o1',
    GOOD.filter(({ eventType }) => eventType !== 'agent.freed').map((one) =>
      one.stream === 'desk' && one.profileId === 'p2' ? { ...one, agentId: 'a1' } : one,
    ),
  ],
  [
    'gives no agent a second customer at once',
    'a1 was in p2.1 and still in p1.1',
    changed('av.opened', 'p2', { details: { av: { agentId: 'a1' } } }).filter(
      (one) => !is('av.ended', 'p2')(one),
    ),
  ],
  ['leaves nobody waiting', 'profile p3 (ticket 1) still waits', without('queue.left', 'p3')],
  ['leaves nobody waiting', 'p3.o1 is still open', without('offer.confirmed', 'p3')],
  [
    'makes first offers in the order of the line',
    'profile p1 (ticket 1) was offered before profile p2 (ticket 1)',
    changed('queue.entered', 'p2', { details: { since: new Date(NOON).toISOString() } }),
  ],
  [
    'makes first offers in the order of the line',
    '3 times in line let only 1 turns be compared',
    changed('queue.entered', 'p2', { language: 'hi' }),
  ],
];

let log: TestLog;
beforeAll(async () => {
  log = await startLog();
});
afterAll(() => log.stop());

/** The desk heard of each customer at once. */
const HEARD = [1, 2, 3].map((n) => ({ profileId: `p${n}`, ticket: 1, at: NOON + n * 1_000 }));

/** What the check finds in an organization's log that has these rows and no others. */
async function found(
  ouid: string,
  rows: readonly LogRow[],
  check: keyof typeof DESK_CHECKS,
  heard: readonly Heard[] = HEARD,
): Promise<readonly string[]> {
  await log.writer.write(rows.map((one) => ({ ...one, ouid })));
  return DESK_CHECKS[check](await readDeskLog(log.client, ouid, heard));
}

it.each(Object.keys(DESK_CHECKS) as (keyof typeof DESK_CHECKS)[])(
  'finds nothing in a good log: %s',
  async (check) => {
    expect(await found('good', GOOD, check)).toEqual([]);
  },
);

it.each(BROKEN.map((broken, n) => [...broken, n] as const))(
  '%s: not when %s',
  async (check, sentence, rows, n) => {
    expect(await found(`broken-${n}`, rows, check)).toContain(sentence);
  },
);

it('misses whom the desk never heard of', async () => {
  const unheard = await found('unheard', GOOD, 'leaves nobody waiting', HEARD.slice(1));
  expect(unheard).toEqual(['profile p1 (ticket 1) is news to the desk']);
});

const late = HEARD.map((one) => ({ ...one, at: one.at + 19_000 }));
it.each([
  ['is unknown to the desk until then', GOOD, late],
  ['has left the line', changed('queue.left', 'p2', { occurredAt: at(20) }), HEARD],
  ['was waited for in vain', changed('queue.left', 'p2', { details: { why: 'EXPIRED' } }), HEARD],
  ['asks for more', changed('profile.submitted', 'p2', { details: { skills: ['nri'] } }), HEARD],
])('compares no turn with somebody who %s', async (why, rows, heard) => {
  const earlier = rows.map((one) =>
    is('queue.entered', 'p2')(one) ? { ...one, details: { ...one.details, since: at(0) } } : one,
  );
  const check = 'makes first offers in the order of the line';
  const sentences = await found(`who ${why}`, earlier, check, heard);
  expect(sentences).toEqual([expect.stringMatching(/let only \d turns be compared$/)]);
});

function at(second: number): string {
  return new Date(NOON + second * 1_000).toISOString();
}
