import { setTimeout as sleep } from 'node:timers/promises';
import { IDLE_LEASE_MS, LEASE_MS } from '../../src/domain/desk/reach';
import type { DeskCommand } from '../../workflows/contracts';
import { apiLog } from '../common/api-log';
import type { DeskGateway } from '../temporal/desk-gateway';
import { AGENTS, CUSTOMERS } from './audience';
import { Hall } from './hall';
import type { StateStream } from './state-stream';

/** How often the desk is looked at: an offer is on the agent's screen within a second. */
const LOOK_MS = 500;
/** A third of the lease, and less than an offer's time: one that was shown is known to have been. */
const RENEW_MS = LEASE_MS / 3;
const IDLE_RENEW_MS = IDLE_LEASE_MS / 3;

/** The streams that this process holds for one organization: one look at the desk serves them all. */
export class DeskStreams {
  readonly agents: Hall;
  readonly customers: Hall;
  private readonly underWay = new Set<Promise<boolean>>();
  private renewedAt = 0;
  /** As it was seen last: nobody waits. */
  private idle = false;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly ouid: string,
    private readonly process: string,
    private readonly desk: DeskGateway,
  ) {
    const send = (command: DeskCommand): Promise<boolean> => this.send(command);
    this.agents = new Hall(AGENTS, process, send);
    this.customers = new Hall(CUSTOMERS, process, send);
  }

  add(hall: Hall, id: string, stream: StateStream): void {
    hall.add(id, stream);
    this.looking ??= this.look();
  }

  /** The process ends: its people come back at another one, and offers go on meanwhile. */
  async end(): Promise<void> {
    for (const hall of this.halls) hall.end();
    // A call that is repeated after its connection was closed throws into nobody's hands.
    await Promise.all([...this.underWay, this.looking]);
  }

  private get halls(): readonly Hall[] {
    return [this.agents, this.customers];
  }

  private async look(): Promise<void> {
    while (this.halls.some(({ isEmpty }) => !isEmpty)) {
      this.renew();
      try {
        const view = await this.desk.view(this.ouid);
        this.idle = Object.keys(view.positions).length === 0;
        for (const hall of this.halls) hall.tell(view);
      } catch (error) {
        apiLog.warn({ ouid: this.ouid, err: error }, 'the desk does not answer');
        for (const hall of this.halls) hall.unavailable();
      }
      await sleep(LOOK_MS, undefined, { ref: false });
    }
    this.looking = undefined;
  }

  private renew(): void {
    const every = this.idle ? IDLE_RENEW_MS : RENEW_MS;
    if (Date.now() - this.renewedAt < every) return;
    this.renewedAt = Date.now();
    void this.send({ name: 'lease', process: this.process, idle: this.idle });
  }

  /** Waited for at the end only; what is lost is said again, or known by the end of the lease. */
  private send(command: DeskCommand): Promise<boolean> {
    const sent = this.desk.command(this.ouid, command).then(
      () => true,
      (error: unknown) => {
        apiLog.warn(
          { ouid: this.ouid, command: command.name, err: error },
          'the desk was not told',
        );
        return false;
      },
    );
    this.underWay.add(sent);
    void sent.then(() => this.underWay.delete(sent));
    return sent;
  }
}
