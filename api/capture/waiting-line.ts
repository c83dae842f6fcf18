import { Injectable } from '@nestjs/common';
import type { CustomerCaller } from '../common/caller';
import { placeInLine, type PlaceInLine } from '../streams/place-in-line';
import { Streams } from '../streams/streams';
import { DeskGateway } from '../temporal/desk-gateway';

/** What customers in line ask of the desk. */
@Injectable()
export class WaitingLine {
  constructor(
    private readonly desk: DeskGateway,
    private readonly streams: Streams,
  ) {}

  /** Who asks is there: one who was thought gone is back. */
  async placeOf(caller: CustomerCaller): Promise<PlaceInLine> {
    const { ouid, profileId } = caller;
    const view = await this.desk.view(ouid);
    const where = view.whereabouts[profileId];
    if (where === 'LOST' || where === 'AWAY') await this.back(caller);
    return placeInLine(view, profileId);
  }

  async back({ ouid, profileId }: CustomerCaller): Promise<void> {
    const process = this.streams.customerVia(ouid, profileId);
    await this.desk.command(ouid, { name: 'customerBack', profileId, process });
  }

  async away({ ouid, profileId }: CustomerCaller): Promise<void> {
    await this.desk.command(ouid, { name: 'customerAway', profileId });
  }

  async callback({ ouid, profileId }: CustomerCaller): Promise<void> {
    await this.desk.command(ouid, { name: 'callback', profileId });
  }
}
