import { AvSessionsRepository } from '../../clickhouse/av-sessions.repository';
import { insertInto } from '../../clickhouse/client';
import { ProfilesRepository } from '../../clickhouse/profiles.repository';
import { QualityRepository } from '../../clickhouse/quality.repository';
import { RoomsRepository } from '../../clickhouse/rooms.repository';
import { TimelineRepository } from '../../clickhouse/timeline.repository';
import { VideoEventsLog, VideoEventsRepository } from '../../clickhouse/video-events';
import type { LogRow } from '../../src/domain/log-row';
import type { VideoEvent } from '../../src/domain/video/event';
import type { TestLog } from './log-fixture';
import { profileRow } from './log-rows';
import { profileOf } from './retention-cases';

/** A row of the profile in every table that has such. */
export async function fill(log: TestLog, ouid: string, longAgo: string): Promise<void> {
  const profileId = profileOf(ouid);
  const avSessionId = `${profileId}.1`;
  const [first] = await log.rows<{ status: string; since: string; seq: string; at: string }>(
    `SELECT profile_status AS status, status_since AS since, seq, updated_at AS at FROM profiles FINAL
     WHERE ouid = '${ouid}'`,
  );
  const av = { agentId: 'a', room: 'OPEN', openedAt: longAgo };
  const task = { templateId: 'pan' };
  await log.writer.write([
    profileRow({
      ouid,
      profileId,
      seq: Number(first?.seq) + 1,
      occurredAt: first?.at ?? '',
      profileStatus: first?.status as LogRow['profileStatus'],
      statusSince: first?.since ?? '',
      eventType: 'av.joined',
      avSessionId,
      taskId: `${avSessionId}.t1`,
      details: { av, task, who: 'AGENT' },
    }),
    {
      ...profileRow({ ouid, profileId, seq: 0, stream: 'access', streamId: `read-${ouid}` }),
      eventType: 'access.details-read',
      avSessionId,
    },
  ]);
  const sample = { at: Date.parse(longAgo), kind: 'NETWORK', score: 3 } as const;
  await new QualityRepository(log.client).store(ouid, { profileId, avSessionId, who: 'AGENT' }, [
    sample,
  ]);
  const events = [webhook(`e-${ouid}`, longAgo)];
  await new VideoEventsLog(insertInto(log.client)).keep('w', { ouid, avSessionId }, events);
}

export function webhook(eventId: string, receivedAt: string): VideoEvent {
  return {
    roomId: 'r',
    roomName: '',
    sessionId: 's',
    eventId,
    type: 'peer.join.success',
    occurredAt: receivedAt,
    receivedAt,
    data: {},
    withheld: [],
  };
}

/** How many rows each way of reading gives of the story's profile. */
export async function shown(log: TestLog, ouid: string): Promise<Record<string, number>> {
  const profileId = profileOf(ouid);
  const avSessionId = `${profileId}.1`;
  const profiles = new ProfilesRepository(log.client);
  const sessions = new AvSessionsRepository(log.client);
  const quality = new QualityRepository(log.client);
  const timelines = new TimelineRepository(log.client);
  const call = { profileId, avSessionId };
  const is = (found: unknown): number => (found === undefined ? 0 : 1);
  const known = await profiles.findProfileByReference(ouid, `ref-${profileId}`);
  const list = await profiles.listProfiles(ouid, {}, { limit: 9 });
  const rooms = await new RoomsRepository(log.client).list(ouid, { limit: 9 });
  return {
    profile: is(await profiles.findProfile(ouid, profileId)),
    reference: known?.expired === false ? 1 : 0,
    list: list.items.length,
    asOf: list.asOf === '' ? 0 : 1,
    timeline: Math.min(1, (await timelines.timeline(ouid, profileId, { limit: 9 })).length),
    session: is(await sessions.find(ouid, profileId, avSessionId)),
    sessionEvents: Math.min(1, (await sessions.events(ouid, profileId, avSessionId, 9)).length),
    rooms: rooms.items.length,
    inside: rooms.items[0]?.inside.length ?? 0,
    count: await quality.count(ouid, { ...call, who: 'AGENT' }),
    samples: (await quality.samples(ouid, call, 9)).length,
    webhooks: (await new VideoEventsRepository(log.client).of(ouid, profileId, avSessionId, 9))
      .length,
  };
}
