import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '../run/stage';
import type { CaptureView, CaptureWindow } from './capture-window';

/** How long he is gone when he comes back, ms. */
const AWAY_MS = 300;
/** How long he listens to the agent before he looks at his case again, ms. */
const LISTEN_MS = 1_500;
const HEAR_MS = 50;

/** What the customer does when he is called: as his script has it for that call. */
export class CustomerCalls {
  private readonly joined = new Set<string>();
  private readonly lost = new Set<string>();

  constructor(
    private readonly stage: Stage,
    private readonly window: CaptureWindow,
  ) {}

  /** False while he is not in: nothing of his is urgent then. */
  async attend({ avSessionId, ready }: NonNullable<CaptureView['call']>): Promise<boolean> {
    const plan = this.stage.planOf(avSessionId);
    if (!this.joined.has(avSessionId)) {
      if (!ready || plan?.customer === 'STAYS_AWAY') return false;
      await this.window.send('joinCall', 'call/join', {});
      this.joined.add(avSessionId);
      return true;
    }
    const loss = plan?.lost?.customer;
    if (loss && !this.lost.has(avSessionId)) await this.loseConnection(avSessionId, loss);
    else if (loss !== 'GONE') await this.leaveWhenChecked(avSessionId);
    return true;
  }

  private async loseConnection(avSessionId: string, loss: 'BACK' | 'GONE'): Promise<void> {
    const meeting = this.stage.meeting(avSessionId);
    if (!meeting.begun) return;
    this.lost.add(avSessionId);
    await this.window.send('connectionLost', 'call/connection-lost', {});
    if (loss === 'GONE') return;
    await sleep(AWAY_MS, undefined, { signal: this.window.signal });
    await this.window.send('joinCall', 'call/join', {});
    meeting.back = true;
  }

  private async leaveWhenChecked(avSessionId: string): Promise<void> {
    const meeting = this.stage.meeting(avSessionId);
    const end = Date.now() + LISTEN_MS;
    while (!meeting.checked && Date.now() < end) {
      await sleep(HEAR_MS, undefined, { signal: this.window.signal });
    }
    if (!meeting.checked || meeting.left) return;
    await this.window.send('leaveCall', 'call/leave', {});
    meeting.left = true;
  }
}
