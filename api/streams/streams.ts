import { randomBytes } from 'node:crypto';
import { Injectable, type MessageEvent, type OnModuleDestroy } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { DeskGateway } from '../temporal/desk-gateway';
import { AGENTS, CUSTOMERS, type Audience } from './audience';
import { DeskStreams } from './desk-streams';
import type { Hall } from './hall';
import { streamOf } from './state-stream';

/** All streams of events that this process holds. */
@Injectable()
export class Streams implements OnModuleDestroy {
  /** What desks know this process by: another one after each start. */
  private readonly process = `api-${randomBytes(6).toString('hex')}`;
  private readonly desks = new Map<string, DeskStreams>();

  constructor(private readonly desk: DeskGateway) {}

  ofAgent(ouid: string, agentId: string, lastEventId: string): Observable<MessageEvent> {
    const desk = this.deskOf(ouid);
    return open(desk, desk.agents, AGENTS, agentId, lastEventId);
  }

  ofCustomer(ouid: string, profileId: string, lastEventId: string): Observable<MessageEvent> {
    const desk = this.deskOf(ouid);
    return open(desk, desk.customers, CUSTOMERS, profileId, lastEventId);
  }

  /** This process's name at the desk if it holds a stream of the agent; '' if not. */
  agentVia(ouid: string, agentId: string): string {
    return this.desks.get(ouid)?.agents.has(agentId) === true ? this.process : '';
  }

  customerVia(ouid: string, profileId: string): string {
    return this.desks.get(ouid)?.customers.has(profileId) === true ? this.process : '';
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.desks.values()].map((streams) => streams.end()));
  }

  private deskOf(ouid: string): DeskStreams {
    const known = this.desks.get(ouid);
    if (known) return known;
    const streams = new DeskStreams(ouid, this.process, this.desk);
    this.desks.set(ouid, streams);
    return streams;
  }
}

function open(
  desk: DeskStreams,
  hall: Hall,
  { type }: Audience,
  id: string,
  lastEventId: string,
): Observable<MessageEvent> {
  return streamOf(
    type,
    lastEventId,
    (stream) => {
      desk.add(hall, id, stream);
    },
    (stream) => {
      hall.remove(id, stream);
    },
  );
}
