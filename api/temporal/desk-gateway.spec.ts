import type { Client } from '@temporalio/client';
import type { DeskCommand, DeskResult } from '../../workflows/contracts';
import { Problem } from '../common/problem';
import { DeskGateway } from './desk-gateway';

const OUID = 'bank';

/** A desk that answers when it is told to. */
class SlowDesk {
  readonly heard: DeskCommand[][] = [];
  private readonly answers: (() => void)[] = [];

  readonly client = {
    withDeadline: <T>(_: number, act: () => Promise<T>) => act(),
    workflow: {
      getHandle: () => ({
        executeUpdate: (_: string, { args: [batch] }: { args: [DeskCommand[]] }) => {
          this.heard.push(batch);
          return new Promise<DeskResult[]>((resolve) => {
            this.answers.push(() => {
              resolve(batch.map(() => ({ ok: true })));
            });
          });
        },
      }),
    },
  } as unknown as Client;

  async answer(): Promise<void> {
    this.answers.shift()?.();
    await jest.advanceTimersByTimeAsync(0);
  }
}

const online = (agentId: string) => ({ kind: 'online', agentId }) as unknown as DeskCommand;

/** What it was refused with. Heard from the start: it may be refused before it is looked at. */
function codeOf(refused: Promise<void>): Promise<string> {
  return refused.then(
    () => 'not refused',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

it('sends together what came while the desk was busy', async () => {
  const desk = new SlowDesk();
  const gateway = new DeskGateway(desk.client);
  const all = ['a', 'b', 'c'].map((id) => gateway.command(OUID, online(id)));
  expect(desk.heard).toEqual([[online('a')]]);
  await desk.answer();
  expect(desk.heard).toEqual([[online('a')], [online('b'), online('c')]]);
  await desk.answer();
  await expect(Promise.all(all)).resolves.toBeDefined();
});

it('tells who waited six seconds that the desk has not heard of it, and does not send it', async () => {
  const desk = new SlowDesk();
  const gateway = new DeskGateway(desk.client);
  const first = gateway.command(OUID, online('first'));
  const late = codeOf(gateway.command(OUID, online('late')));
  await jest.advanceTimersByTimeAsync(6_001);
  const fresh = gateway.command(OUID, online('fresh'));
  await desk.answer();
  await expect(late).resolves.toBe('TEMPORAL_UNAVAILABLE');
  expect(desk.heard).toEqual([[online('first')], [online('fresh')]]);
  await desk.answer();
  await expect(Promise.all([first, fresh])).resolves.toBeDefined();
});

it('begins anew when all who waited were turned away', async () => {
  const desk = new SlowDesk();
  const gateway = new DeskGateway(desk.client);
  const first = gateway.command(OUID, online('first'));
  const late = codeOf(gateway.command(OUID, online('late')));
  await jest.advanceTimersByTimeAsync(6_001);
  await desk.answer();
  await expect(Promise.all([first, late])).resolves.toEqual([undefined, 'TEMPORAL_UNAVAILABLE']);
  const next = gateway.command(OUID, online('next'));
  expect(desk.heard).toEqual([[online('first')], [online('next')]]);
  await desk.answer();
  await next;
});
