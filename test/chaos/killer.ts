import type { Probe } from './probe';
import { isCommand, type Point } from './points';
import type { Product } from './product';
import type { Passing, Tap } from './tap';

/** When the command it waits for does not come among so many, any other will do. */
const OTHERS = 25;
/**
 * So many commands are acknowledged between a recovery and the next kill: on a busy machine, where
 * recoveries take longer than the commands between two points, nothing would be up any more.
 */
const PEACE = 20;

/** One part killed: when, and how long until all worked again. */
export interface Kill {
  readonly point: Point;
  /** The command it happened at. */
  readonly route: string;
  readonly recoveryMs: number;
}

interface Struck {
  readonly route: string;
  readonly gone: Promise<void>;
}

/** Kills one part after the other, each when all has recovered from the one before. */
export class Killer {
  readonly kills: Kill[] = [];
  private peaceUntil = 0;

  constructor(
    private readonly product: Product,
    private readonly tap: Tap,
    private readonly probe: Probe,
    private readonly say: (line: string) => void,
  ) {}

  /** Resolves after the last point; when `over` first, at once: the points left show in `kills`. */
  async run(points: readonly Point[], over: AbortSignal): Promise<void> {
    const ended = new Promise<undefined>((resolve) => {
      over.addEventListener('abort', () => {
        resolve(undefined);
      });
    });
    for (const point of points) {
      const struck = await Promise.race([ended, this.strike(point, over)]);
      if (!struck) {
        // It may have struck at the very last command: whoever looks at the run finds all of it up.
        await this.probe.recovered();
        return;
      }
      const began = Date.now();
      await struck.gone;
      await this.probe.recovered();
      this.peaceUntil = this.tap.acknowledged + PEACE;
      const kill = { point, route: struck.route, recoveryMs: Date.now() - began };
      this.kills.push(kill);
      this.say(killLine(this.kills.length, points.length, kill));
    }
  }

  /** Waits for the point and kills there, unless the run is over by then. */
  private strike({ part, after, when }: Point, over: AbortSignal): Promise<Struck> {
    const from = Math.max(after, this.peaceUntil);
    const isMeant = ({ route }: Passing): boolean => {
      const { acknowledged } = this.tap;
      if (acknowledged <= from) return false;
      if (when.kind === 'TIME') return true;
      return isCommand(when.command, route) || acknowledged > from + OTHERS;
    };
    return new Promise((resolve, reject) => {
      const kill = ({ route }: Passing): void => {
        if (over.aborted) return;
        try {
          resolve({ route, gone: this.product.kill(part).gone });
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      const act = (passing: Passing): void => {
        if (when.kind === 'WITHHELD') kill(passing);
        else setTimeout(kill, when.waitMs, passing);
      };
      this.tap.atNext({ isMeant, withhold: when.kind === 'WITHHELD', act });
    });
  }
}

/** `part, point, time to recover`, for people. */
function killLine(n: number, of: number, { point, route, recoveryMs }: Kill): string {
  const at = route.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…').replace(/\?.*/, '');
  const how =
    point.when.kind === 'TIME'
      ? `${point.when.waitMs} ms after ${at}`
      : `${at} acknowledged, not answered`;
  const recovered = `recovered after ${(recoveryMs / 1_000).toFixed(1)} s`;
  return `${String(n).padStart(2)}/${of}  ${point.part.padEnd(10)}  ${how.padEnd(72)}  ${recovered}`;
}
