import { randomBytes } from 'node:crypto';
import { Injectable, type MessageEvent, type OnModuleDestroy } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { DeskGateway } from '../temporal/desk-gateway';
import { streamOf } from './agent-stream';
import { DeskStreams } from './desk-streams';

/** All streams of events that this process holds. */
@Injectable()
export class AgentStreams implements OnModuleDestroy {
  /** What the desk knows this process by: another one after each start. */
  private readonly process = `api-${randomBytes(6).toString('hex')}`;
  private readonly desks = new Map<string, DeskStreams>();

  constructor(private readonly desk: DeskGateway) {}

  open(ouid: string, agentId: string, lastEventId: string): Observable<MessageEvent> {
    const streams = this.streamsOf(ouid);
    return streamOf(
      lastEventId,
      (stream) => {
        streams.add(agentId, stream);
      },
      (stream) => {
        streams.remove(agentId, stream);
      },
    );
  }

  /** This process's name at the desk if it holds a stream of the agent. */
  via(ouid: string, agentId: string): string | undefined {
    return this.desks.get(ouid)?.has(agentId) === true ? this.process : undefined;
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.desks.values()].map((streams) => streams.end()));
  }

  private streamsOf(ouid: string): DeskStreams {
    const known = this.desks.get(ouid);
    if (known) return known;
    const streams = new DeskStreams(ouid, this.process, this.desk);
    this.desks.set(ouid, streams);
    return streams;
  }
}
