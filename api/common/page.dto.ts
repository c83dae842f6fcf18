import { CountField, IdField } from './fields';

/** Which part of a list. */
export class PageDto {
  @CountField({ min: 1, max: 200, optional: true })
  limit?: number;

  @IdField({ max: 512, pattern: /^[\w-]+$/, optional: true, description: 'Of the page before.' })
  cursor?: string;
}
