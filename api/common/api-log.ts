import { pino } from 'pino';

/** The API's own log: one JSON line an entry; ids, codes and times only. */
export const apiLog = pino({ name: 'api', base: null });
