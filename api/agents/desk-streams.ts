import { setTimeout as sleep } from 'node:timers/promises';
import { LEASE_MS } from '../../src/domain/desk/reach';
import { apiLog } from '../common/api-log';
import type { AgentView, DeskView } from '../../src/domain/desk/view';
import type { AgentCommand, DeskCommand } from '../../workflows/contracts';
import type { DeskGateway } from '../temporal/desk-gateway';
import { agentView } from './agent-view';
import type { AgentStream } from './agent-stream';

/** How often the desk is looked at: an offer is on the agent's screen within a second. */
const LOOK_MS = 500;
/** A third of the lease, and less than an offer's time: one that was shown is known to have been. */
const RENEW_MS = LEASE_MS / 3;
/** How long a connection may be between an end and its next beginning before the desk hears of it. */
const BETWEEN_MS = 3_000;
/** How often a desk that has nobody for an agent is told again that he is here. */
const AGAIN_MS = 5_000;

/** The streams that this process holds for the agents of one organization. */
export class DeskStreams {
  private readonly agents = new Map<string, Set<AgentStream>>();
  private readonly saidAt = new Map<string, number>();
  private readonly underWay = new Set<Promise<void>>();
  private renewedAt = 0;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly ouid: string,
    private readonly process: string,
    private readonly desk: DeskGateway,
  ) {}

  has(agentId: string): boolean {
    return this.agents.has(agentId);
  }

  add(agentId: string, stream: AgentStream): void {
    const known = this.agents.get(agentId);
    if (known) known.add(stream);
    else {
      this.agents.set(agentId, new Set([stream]));
      this.say({ name: 'connect', agentId, process: this.process });
    }
    this.looking ??= this.look();
  }

  remove(agentId: string, stream: AgentStream): void {
    this.agents.get(agentId)?.delete(stream);
    const timer = setTimeout(() => {
      if (this.agents.get(agentId)?.size === 0) this.disconnect(agentId);
    }, BETWEEN_MS);
    timer.unref();
  }

  /** The process ends: its agents come back at another one, and their offers go on meanwhile. */
  async end(): Promise<void> {
    for (const [agentId, streams] of this.agents) {
      for (const stream of streams) stream.end();
      this.disconnect(agentId);
    }
    // A call that is repeated after its connection was closed throws into nobody's hands.
    await Promise.all([...this.underWay, this.looking]);
  }

  private disconnect(agentId: string): void {
    this.agents.delete(agentId);
    this.say({ name: 'disconnect', agentId, process: this.process });
  }

  private async look(): Promise<void> {
    while (this.agents.size > 0) {
      this.renew();
      try {
        this.tell(await this.desk.view(this.ouid));
      } catch (error) {
        apiLog.warn({ ouid: this.ouid, err: error }, 'the desk does not answer');
        for (const streams of this.agents.values()) for (const s of streams) s.unavailable();
      }
      await sleep(LOOK_MS, undefined, { ref: false });
    }
    this.looking = undefined;
  }

  private tell(view: DeskView): void {
    for (const [agentId, streams] of this.agents) {
      const agent = view.agents[agentId];
      for (const stream of streams) stream.tell(agentView(agentId, agent));
      if (agent) this.remind(agentId, agent);
    }
  }

  /** He came online by another process, or the one that had him died: this one reaches him. */
  private remind(agentId: string, { via }: AgentView): void {
    const said = this.saidAt.get(agentId) ?? 0;
    if (via !== '' || Date.now() - said < AGAIN_MS) return;
    this.say({ name: 'connect', agentId, process: this.process });
  }

  private renew(): void {
    if (Date.now() - this.renewedAt < RENEW_MS) return;
    this.renewedAt = Date.now();
    this.send({ name: 'lease', process: this.process });
  }

  private say(command: Extract<AgentCommand, { name: 'connect' | 'disconnect' }>): void {
    this.saidAt.set(command.agentId, Date.now());
    this.send(command);
  }

  /** Waited for at the end only; what is lost is said again, or known by the end of the lease. */
  private send(command: DeskCommand): void {
    const sent = this.desk.command(this.ouid, command).catch((error: unknown) => {
      apiLog.warn({ ouid: this.ouid, command: command.name, err: error }, 'the desk was not told');
    });
    this.underWay.add(sent);
    void sent.then(() => this.underWay.delete(sent));
  }
}
