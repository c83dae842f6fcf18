import fc from 'fast-check';
import { Desk, SECOND, tell } from '../../../test/support/desk-in-time';
import { asCommand, NOON, online } from '../../../test/support/journeys';
import { allOf } from './buckets';

const AGENTS = ['a1', 'a2'];

interface Arrival {
  readonly queue: number;
  /** Seconds after the one before. */
  readonly after: number;
  /** How long he takes an agent, s. */
  readonly takes: number;
}

/** Waits, s: of whoever is offered, and at that moment of the longest waiting of each other queue. */
interface Served {
  readonly wait: number;
  readonly others: readonly number[];
}

/** A day in which the agents of all queues are the same ones; they accept at once. */
function play(arrivals: readonly Arrival[]): Served[] {
  const desk = new Desk().at(0, ...AGENTS.map((agentId) => asCommand(online(agentId))));
  const times = arrivals.map((_, i) => arrivals.slice(0, i + 1).reduce((t, a) => t + a.after, 1));
  const served: Served[] = [];
  const releases: { at: number; profileId: string }[] = [];
  for (let now = 1, left = arrivals.length; left > 0; now++) {
    arrivals.forEach(({ queue }, i) => {
      if (times[i] === now) desk.at(now, enqueue(`p${i}`, `q${queue}`, now));
    });
    for (const { at, profileId } of releases) {
      if (at === now) desk.at(now, tell({ kind: 'release', ticket: { profileId, n: 1 } }));
    }
    for (const agentId of AGENTS) {
      const offer = desk.agent(agentId)?.offer;
      if (!offer) continue;
      const { offerId, ticket } = offer;
      served.push(waits(desk, ticket.profileId, now));
      desk.at(now, asCommand({ name: 'accept', agentId, offerId }));
      desk.at(
        now,
        tell({ kind: 'confirm', ticket, offerId, avSessionId: `${ticket.profileId}.1` }),
      );
      const { takes = 1 } = arrivals[Number(ticket.profileId.slice(1))] ?? {};
      releases.push({ at: now + 1 + takes, profileId: ticket.profileId });
      left -= 1;
    }
  }
  return served;
}

function waits(desk: Desk, profileId: string, now: number): Served {
  const all = allOf(desk.state.waiting);
  const waited = (since: number): number => now - (since - NOON) / SECOND;
  const own = all.find(({ ticket }) => ticket.profileId === profileId);
  const others = all.filter((w) => w.offerId === '' && w.needs.queueId !== own?.needs.queueId);
  return { wait: waited(own?.since ?? NaN), others: others.map(({ since }) => waited(since)) };
}

function enqueue(profileId: string, queueId: string, now: number) {
  return tell({
    kind: 'enqueue',
    ticket: { profileId, n: 1 },
    needs: { queueId, queueName: queueId, language: 'en', skills: [], priority: 0 },
    since: NOON + now * SECOND,
    until: NOON + 86_400 * SECOND,
    offerTimeout: 15 * SECOND,
  });
}

it('shares agents fairly: when somebody is offered, nobody of another queue has waited twice as long', () => {
  const arrival = fc.record({
    queue: fc.nat(2),
    after: fc.nat(20),
    takes: fc.integer({ min: 5, max: 60 }),
  });
  let compared = 0;
  fc.assert(
    fc.property(fc.array(arrival, { minLength: 10, maxLength: 40 }), (arrivals) => {
      for (const { wait, others } of play(arrivals)) {
        compared += others.length;
        // In fact nobody has waited longer: equal priorities share one order.
        expect(Math.max(0, ...others)).toBeLessThanOrEqual(2 * wait);
      }
    }),
    { numRuns: 60, seed: Number(process.env['FC_SEED'] ?? 20260302) },
  );
  expect(compared).toBeGreaterThan(500);
});
