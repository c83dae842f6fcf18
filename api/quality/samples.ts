import {
  MEASURE_NAMES,
  type Measure,
  type QualityKind,
  type QualitySample,
} from '../../src/domain/video/quality';
import { Problem, type FieldProblem } from '../common/problem';
import type { QualitySampleDto } from './quality.dto';

/** How far a client's clock may be ahead of ours, ms. */
export const CLOCK_TOLERANCE = 2 * 60_000;
/** How long a client may keep what it could not send, ms. */
const OLDEST = 24 * 60 * 60_000;

type Field = Measure | 'score' | 'code' | 'terminal';
const FIELDS: readonly Field[] = [...MEASURE_NAMES, 'score', 'code', 'terminal'];

/** Fields of each kind; those of STATS may be missing, but one has to be there. */
const FIELDS_OF: Readonly<Record<QualityKind, readonly Field[]>> = {
  NETWORK: ['score'],
  STATS: MEASURE_NAMES,
  RECONNECTING: [],
  RECONNECTED: [],
  ERROR: ['code', 'terminal'],
};

/** @throws Problem that names each wrong field when a sample is not whole, or not of these hours. */
export function samplesOf(batch: readonly QualitySampleDto[], now: number): QualitySample[] {
  const errors = batch.flatMap((sample, index) =>
    faultsOf(sample, now).map(({ field, message }) => ({
      field: `samples.${index}.${field}`,
      message,
    })),
  );
  if (errors.length > 0) throw new Problem('FIELD_INVALID', 'samples are not valid', { errors });
  return batch.map(sampleOf);
}

function faultsOf(dto: QualitySampleDto, now: number): FieldProblem[] {
  const own = FIELDS_OF[dto.kind];
  const at = Date.parse(dto.at);
  const timely = at <= now + CLOCK_TOLERANCE && at >= now - OLDEST;
  const foreign = FIELDS.filter((field) => dto[field] !== undefined && !own.includes(field));
  const missing =
    dto.kind === 'STATS'
      ? own.every((field) => dto[field] === undefined)
        ? ['jitterMs']
        : []
      : own.filter((field) => dto[field] === undefined);
  return [
    ...(timely ? [] : [{ field: 'at', message: 'is not a time of the last 24 hours' }]),
    ...foreign.map((field) => ({ field, message: `does not go with ${dto.kind}` })),
    ...missing.map((field) => ({
      field,
      message:
        dto.kind === 'STATS' ? 'is missing, or another measure' : `is needed with ${dto.kind}`,
    })),
  ];
}

/** Of a sample without faults: what its kind needs is there. */
function sampleOf(dto: QualitySampleDto): QualitySample {
  const at = Date.parse(dto.at);
  const { kind, score = 0, code = 0, terminal = false } = dto;
  switch (kind) {
    case 'NETWORK':
      return { at, kind, score };
    case 'ERROR':
      return { at, kind, code, terminal };
    case 'RECONNECTING':
    case 'RECONNECTED':
      return { at, kind };
    case 'STATS': {
      const measured = MEASURE_NAMES.flatMap((name) =>
        dto[name] === undefined ? [] : [[name, dto[name]] as const],
      );
      return { at, kind, ...Object.fromEntries(measured) };
    }
  }
}
