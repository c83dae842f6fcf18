import { Injectable } from '@nestjs/common';
import { Gate, GateClosedError } from '../../src/gate';
import { Problem } from '../common/problem';

/** Of a process: each answer may keep ClickHouse busy for seconds, and others have to read there too. */
const AT_ONCE = 2;
/** One organization's, under way and waiting: a page of figures asks some at once, nobody needs more. */
const OF_ONE = 8;
/** Who waits longer has gone by then, ms. */
const WAIT_MS = 15_000;

/**
 * Questions about many cases go through here, so that no organization's keep another's, or the reads of
 * a journey, waiting: 120 of one held up everybody for a minute before.
 */
@Injectable()
export class InsightLane {
  private readonly gate = new Gate(AT_ONCE);
  private readonly asking = new Map<string, number>();

  /**
   * @param isGone whether who asked has left; then nothing is asked when his turn comes
   * @throws Problem INSIGHTS_BUSY
   */
  async through<T>(ouid: string, isGone: () => boolean, answer: () => Promise<T>): Promise<T> {
    const before = this.asking.get(ouid) ?? 0;
    if (before >= OF_ONE) throw busy();
    this.asking.set(ouid, before + 1);
    try {
      return await this.gate.through(Date.now() + WAIT_MS, () => {
        if (isGone()) throw busy();
        return answer();
      });
    } catch (error) {
      throw error instanceof GateClosedError ? busy() : error;
    } finally {
      this.leave(ouid);
    }
  }

  private leave(ouid: string): void {
    const left = (this.asking.get(ouid) ?? 0) - 1;
    if (left > 0) this.asking.set(ouid, left);
    else this.asking.delete(ouid);
  }
}

function busy(): Problem {
  const detail = 'too many insights are asked for at once: wait for the others';
  return new Problem('INSIGHTS_BUSY', detail, { retryAfter: 2 });
}
