import { ApiProperty } from '@nestjs/swagger';
import { DIMENSIONS, type Dimension } from '../../clickhouse/insights/dimensions';
import { MOST_DAYS, MOST_DAYS_BY_HOUR, MOST_GROUPINGS } from '../../clickhouse/insights/scope';
import { CountField, IdField, TextField } from '../common/fields';

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;
const ID = /^[A-Za-z0-9._-]*$/;
const NAMES = /^[A-Za-z0-9]+(?:,[A-Za-z0-9]+)*$/;

/** Narrows to one value of a dimension; the empty one is “none”. */
function FilterField(description?: string): PropertyDecorator {
  return TextField({
    min: 0,
    max: 64,
    pattern: ID,
    optional: true,
    ...(description && { description }),
  });
}

/** What every question has: which cases and times it is about. */
class ScopeDto implements Partial<Record<Dimension, string>> {
  @TextField({ max: 30, pattern: TIME, description: 'ISO 8601 with a time zone; included.' })
  from!: string;

  @TextField({
    max: 30,
    pattern: TIME,
    description: `Not included; at most ${MOST_DAYS} days after from, by the hour ${MOST_DAYS_BY_HOUR}.`,
  })
  to!: string;

  @IdField({
    max: 64,
    pattern: /^[A-Za-z0-9_+/-]+$/,
    optional: true,
    description: 'IANA name of the clock for days and hours; default UTC.',
  })
  timeZone?: string;

  @CountField({
    min: 1,
    max: 3_600,
    optional: true,
    description: '“In time” for a wait; default 60.',
  })
  withinSeconds?: number;

  @FilterField()
  queue?: string;

  @FilterField()
  language?: string;

  @FilterField()
  agent?: string;

  @FilterField()
  reviewer?: string;

  @FilterField('Code of the catalogue; of a break, the organization’s own.')
  reason?: string;

  @FilterField('BUSINESS or TECHNICAL.')
  class?: string;

  @FilterField('Who is at fault.')
  party?: string;

  @FilterField('What the system saw at the end of a call.')
  cause?: string;

  @FilterField('How a wait, a call or a review ended.')
  why?: string;

  @FilterField('Of the funnel.')
  step?: string;

  @FilterField('CUSTOMER or AGENT.')
  side?: string;

  @FilterField('How many calls the case had so far.')
  attempt?: string;

  @TextField({
    max: 10,
    pattern: /^\d{4}-\d{2}-\d{2}$/,
    optional: true,
    description: 'As an answer has it.',
  })
  day?: string;

  @TextField({
    max: 25,
    pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/,
    optional: true,
    description: 'As an answer has it.',
  })
  hour?: string;
}

export class FiguresQueryDto extends ScopeDto {
  @TextField({
    max: 60,
    pattern: NAMES,
    optional: true,
    description: `Up to ${MOST_GROUPINGS} of ${DIMENSIONS.join(', ')}, with commas.`,
  })
  groupBy?: string;

  @TextField({
    max: 1_000,
    pattern: NAMES,
    optional: true,
    description: 'Names with commas; default: all that can be grouped and narrowed so.',
  })
  figures?: string;
}

export class EntriesQueryDto extends ScopeDto {
  @TextField({ max: 40, pattern: /^[A-Za-z0-9]+$/, description: 'Name of the figure to open.' })
  figure!: string;

  @CountField({ min: 1, max: 200, optional: true })
  limit?: number;

  @IdField({ max: 512, pattern: /^[\w-]+$/, optional: true, description: 'Of the page before.' })
  cursor?: string;
}

class DefinitionDto {
  @ApiProperty()
  name!: string;

  @ApiProperty()
  definition!: string;

  @ApiProperty({ example: 'ms' })
  unit!: string;

  @ApiProperty({ enum: DIMENSIONS, isArray: true, description: 'Also what it can be narrowed by.' })
  groupBy!: readonly Dimension[];
}

export class ResourceDto {
  @ApiProperty({ example: 'operators' })
  resource!: string;

  @ApiProperty({ type: [DefinitionDto] })
  figures!: readonly DefinitionDto[];
}

export class CatalogueDto {
  @ApiProperty({ type: [ResourceDto] })
  items!: readonly ResourceDto[];
}

class GroupDto {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { agent: 'agent-1', day: '2026-03-29' },
  })
  group!: object;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'number', nullable: true },
    example: { handled: 12, handleTimeP50: 340_000 },
    description: 'null: there was nothing to measure.',
  })
  figures!: object;
}

/** What every answer says of itself. */
class AnswerDto {
  @ApiProperty()
  resource!: string;

  @ApiProperty({ format: 'date-time' })
  from!: string;

  @ApiProperty({ format: 'date-time' })
  to!: string;

  @ApiProperty()
  timeZone!: string;

  @ApiProperty({ description: 'When the newest event the log knows of a case happened; or empty.' })
  asOf!: string;
}

export class FiguresDto extends AnswerDto {
  @ApiProperty({ enum: DIMENSIONS, isArray: true })
  groupBy!: readonly Dimension[];

  @ApiProperty({ type: [DefinitionDto] })
  definitions!: readonly DefinitionDto[];

  @ApiProperty({ type: [GroupDto], description: 'In the order of their groups.' })
  items!: readonly GroupDto[];

  @ApiProperty({ description: 'There are more than 5,000 groups; a file has them all.' })
  truncated!: boolean;
}

class InsightEntryDto {
  @ApiProperty({ format: 'date-time', description: 'When it counts as having happened.' })
  at!: string;

  @ApiProperty({ description: 'Empty for what is about no case, such as a break.' })
  profileId!: string;

  @ApiProperty()
  extReferenceId!: string;

  @ApiProperty({ description: 'Where the case stands now.' })
  status!: string;

  @ApiProperty()
  avSessionId!: string;

  @ApiProperty({ description: 'How long it took; 0 where it took no time.' })
  ms!: number;

  @ApiProperty({
    description: "What the figure measures of it, in the figure's unit; 1 where it counts.",
  })
  value!: number;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  group!: object;
}

export class EntriesDto extends AnswerDto {
  @ApiProperty({ type: DefinitionDto })
  definition!: DefinitionDto;

  @ApiProperty({ type: [InsightEntryDto], description: 'Newest first.' })
  items!: readonly InsightEntryDto[];

  @ApiProperty({ required: false, description: 'Of the next page; absent on the last one.' })
  nextCursor?: string;
}
