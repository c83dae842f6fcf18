import { Case } from '../support/case';
import { agent, customer, move, reviewer } from '../support/journeys';
import { refusalCode, startTimeSkipping, type WorkflowWorld } from '../support/workflow-env';
import type { CommandEnvelope } from '../../workflows/contracts';

let world: WorkflowWorld;
let number = 400;
beforeAll(async () => {
  world = await startTimeSkipping();
}, 180_000);
afterAll(() => world.stop());

const next = async (): Promise<Case> => new Case(world, number++).begin();

async function historyLength(one: Case): Promise<number> {
  const { events } = await one.handle.fetchHistory();
  // A refused update may cost workflow tasks, which are no message and no effect.
  const ofTasks = [
    'workflowTaskScheduledEventAttributes',
    'workflowTaskStartedEventAttributes',
    'workflowTaskCompletedEventAttributes',
  ] as const;
  return events?.filter((e) => !ofTasks.some((name) => e[name])).length ?? 0;
}

describe('a refused update', () => {
  it('has a code, no effect and no event in the history', async () => {
    const one = await next();
    await one.command(move('openCapture', customer, { linkVersion: 1 }));
    await one.until('its log', () => one.rows.length === 3);
    const before = { state: await one.state(), length: await historyLength(one) };
    const refusals = [
      [move('openCapture', customer, { linkVersion: 9 }), 'LINK_NOT_VALID'],
      [move('endCall', agent('a1'), {}), 'WRONG_STATUS'],
      [move('claimReview', reviewer('r1'), {}), 'WRONG_STATUS'],
      [move('issueLink', customer, {}), 'ACTOR_NOT_ALLOWED'],
      [
        move('submit', customer, { captureSessionId: 'x', language: 'en', skills: [] }),
        'CAPTURE_SESSION_CLOSED',
      ],
    ] as const;
    for (const [wrong, code] of refusals) expect(await refusalCode(one.command(wrong))).toBe(code);
    expect(await one.state()).toEqual(before.state);
    expect(await historyLength(one)).toBe(before.length);
  });

  it('is what another organization gets for a profile of ours', async () => {
    const one = await next();
    const envelope: CommandEnvelope<'openCapture'> = {
      ouid: 'another-bank',
      actor: customer,
      bodyHash: 'x',
      input: { linkVersion: 1 },
    };
    const update = one.handle.executeUpdate('openCapture', { args: [envelope] });
    expect(await refusalCode(update)).toBe('PROFILE_UNKNOWN');
  });

  it('does not stand in the way of its neighbours', async () => {
    const one = await next();
    const results = await Promise.allSettled([
      one.command(move('openCapture', customer, { linkVersion: 1 })),
      one.command(move('openCapture', customer, { linkVersion: 2 })),
      one.command(move('openCapture', customer, { linkVersion: 1 })),
    ]);
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await one.state()).captureCount).toBe(2);
  });
});

describe('a repeated update', () => {
  it('gets the first answer and has one effect, whatever its body', async () => {
    const one = await next();
    const first = await one.command(move('openCapture', customer, { linkVersion: 1 }), 'key-1');
    const again = await one.command(move('openCapture', customer, { linkVersion: 7 }), 'key-1');
    expect(again).toEqual(first);
    expect((await one.state()).captureCount).toBe(1);
  });

  it('may be right after it was refused: a refusal is not remembered', async () => {
    const one = await next();
    const wrong = one.command(move('openCapture', customer, { linkVersion: 2 }), 'key-2');
    expect(await refusalCode(wrong)).toBe('LINK_NOT_VALID');
    await one.command(move('issueLink', { type: 'CLIENT', id: 'key1' }, {}));
    const right = await one.command(move('openCapture', customer, { linkVersion: 2 }), 'key-2');
    expect(right.id).toBe(`${one.id}.c1`);
  });
});

describe('an answer', () => {
  it('names the last event and what the command made', async () => {
    const one = await next();
    const reply = await one.command(move('openCapture', customer, { linkVersion: 1 }));
    expect(reply).toEqual({
      profileId: one.id,
      status: 'CAPTURE_IN_PROGRESS',
      seq: 3,
      id: `${one.id}.c1`,
      bodyHash: 'hash',
    });
  });
});
