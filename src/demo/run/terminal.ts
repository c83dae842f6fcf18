import { isFinal, PROFILE_STATUSES } from '../../domain/words';

/** Where the demo speaks: a terminal shows a bar that moves, anything else a line now and then. */
export class Terminal {
  private shown = '';
  private lastLine = 0;

  constructor(private readonly out: NodeJS.WriteStream) {}

  line(text: string): void {
    this.out.write(`${this.shown === '' ? '' : '\r\x1b[2K'}${text}\n`);
    this.out.write(this.shown);
  }

  progress(done: number, total: number, statuses: readonly string[]): void {
    if (this.out.isTTY) {
      this.shown = `\r\x1b[2K${barOf(done, total)} ${openOnes(statuses)}`;
      this.out.write(this.shown);
    } else if (done === total || Date.now() - this.lastLine >= LINE_MS) {
      this.lastLine = Date.now();
      this.line(`${done} of ${total} journeys ended ${openOnes(statuses)}`.trimEnd());
    }
  }

  /** How many of so many there are, of whatever it is. */
  bar(done: number, total: number, what: string): void {
    if (this.out.isTTY) {
      this.shown = `\r\x1b[2K${barOf(Math.min(done, total), total)} ${what}`;
      this.out.write(this.shown);
    } else if (done >= total || Date.now() - this.lastLine >= LINE_MS) {
      this.lastLine = Date.now();
      this.line(`${done} of ${total} ${what}`);
    }
  }

  /** The bar has done its work. */
  endProgress(): void {
    if (this.shown !== '') this.out.write('\n');
    this.shown = '';
  }
}

const WIDTH = 30;
/** Between two lines where there is no terminal, ms. */
const LINE_MS = 5_000;

function barOf(done: number, total: number): string {
  const filled = Math.round((WIDTH * done) / Math.max(total, 1));
  return `[${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}] ${done}/${total}`;
}

function openOnes(statuses: readonly string[]): string {
  const counts = PROFILE_STATUSES.filter((status) => !isFinal(status))
    .map((status) => [status, statuses.filter((s) => s === status).length] as const)
    .filter(([, count]) => count > 0);
  if (counts.length === 0) return '';
  return `(${counts.map(([status, count]) => `${count} ${status}`).join(', ')})`;
}
