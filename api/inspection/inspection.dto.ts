import { ApiProperty } from '@nestjs/swagger';
import type { InspectionEntry } from './entries';

class AgentSaidDto {
  @ApiProperty({ enum: ['APPROVED', 'REJECTED', 'UTV'] })
  decision!: string;

  @ApiProperty({ description: 'From the catalogue; empty with APPROVED.' })
  reason!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;
}

class SdkErrorDto {
  @ApiProperty()
  code!: number;

  @ApiProperty()
  count!: number;

  @ApiProperty({ description: 'The SDK gave up at least once.' })
  terminal!: boolean;
}

export class QualitySideDto {
  @ApiProperty({
    description:
      'A reason of the catalogue that the system derives; empty when nothing stands out.',
  })
  cause!: string;

  @ApiProperty()
  samples!: number;

  @ApiProperty({ description: 'ISO 8601, by the client’s clock; or empty.' })
  firstAt!: string;

  @ApiProperty()
  lastAt!: string;

  @ApiProperty({ type: Number, nullable: true, description: '5 best to 0 none.' })
  averageScore!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  worstScore!: number | null;

  @ApiProperty({ description: 'How many scores were measured.' })
  scores!: number;

  @ApiProperty({ description: 'How many samples of statistics there are.' })
  stats!: number;

  @ApiProperty({ type: Number, nullable: true })
  p95JitterMs!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  p95RoundTripMs!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  p95PacketLossPercent!: number | null;

  @ApiProperty()
  reconnects!: number;

  @ApiProperty()
  secondsDisconnected!: number;

  @ApiProperty({ type: [SdkErrorDto] })
  errors!: SdkErrorDto[];
}

class QualityDto {
  @ApiProperty({ type: QualitySideDto })
  customer!: QualitySideDto;

  @ApiProperty({ type: QualitySideDto })
  agent!: QualitySideDto;
}

class EntryActorDto {
  @ApiProperty()
  type!: string;

  @ApiProperty()
  id!: string;
}

class EntryDto implements InspectionEntry {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({
    example: 'LOG',
    description:
      'LOG: what happened; WEBHOOK: what the video service told; QUALITY: what a client saw.',
  })
  source!: string;

  @ApiProperty({ example: 'av.joined' })
  type!: string;

  @ApiProperty({ type: EntryActorDto })
  actor!: EntryActorDto;

  @ApiProperty({ type: 'object', additionalProperties: true })
  details!: InspectionEntry['details'];
}

/** An AV session as its current-state row has it. */
class AvSessionRecordDto {
  @ApiProperty()
  profileId!: string;

  @ApiProperty()
  avSessionId!: string;

  @ApiProperty()
  agentId!: string;

  @ApiProperty({ enum: ['OPENING', 'OPEN', 'FAILED', 'CLOSING', 'LOCKED'] })
  room!: string;

  @ApiProperty({ description: 'ISO 8601; the times below are empty until they come.' })
  openedAt!: string;

  @ApiProperty()
  startedAt!: string;

  @ApiProperty()
  endedAt!: string;

  @ApiProperty()
  endWhy!: string;

  @ApiProperty()
  endParty!: string;

  @ApiProperty({
    description: 'A reason of the catalogue for what the system saw at its end; or empty.',
  })
  systemCause!: string;

  @ApiProperty({ description: 'What became of the recording; empty where none is expected.' })
  recording!: string;

  @ApiProperty({ type: [String], description: 'What is odd about it.' })
  recordingDoubts!: string[];

  @ApiProperty({ format: 'date-time', description: 'Of its newest event in the log.' })
  asOf!: string;
}

export class InspectionDto extends AvSessionRecordDto {
  @ApiProperty({ type: AgentSaidDto, nullable: true })
  agentSaid!: AgentSaidDto | null;

  @ApiProperty({ type: QualityDto })
  quality!: QualityDto;

  @ApiProperty({ type: [EntryDto], description: 'In the order of time.' })
  entries!: EntryDto[];

  @ApiProperty({
    description: 'There are more than 2,000 entries; the latest samples are missing.',
  })
  truncated!: boolean;
}

class InsideDto {
  @ApiProperty({ enum: ['CUSTOMER', 'AGENT'] })
  who!: string;

  @ApiProperty({ format: 'date-time', description: 'His last join.' })
  since!: string;
}

export class OpenRoomDto extends AvSessionRecordDto {
  @ApiProperty({ type: [InsideDto] })
  inside!: readonly InsideDto[];
}

export class OpenRoomsDto {
  @ApiProperty({ type: [OpenRoomDto] })
  items!: readonly OpenRoomDto[];

  @ApiProperty({ required: false, description: 'Of the next page; absent on the last one.' })
  nextCursor?: string;

  @ApiProperty({ description: 'When the newest event the list knows of happened; or empty.' })
  asOf!: string;
}
