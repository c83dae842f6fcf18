import { DefaultLogger, type Logger, type LogMetadata } from '@temporalio/worker';
import { pino } from 'pino';

/** One JSON line a message. Core may dump whole histories (4 MB measured): lines are cut at 8 kB. */
const MAX_LINE = 8_000;

export function createWorkerLogger(level: 'INFO' | 'WARN' = 'INFO'): Logger {
  const out = pino({ name: 'worker', base: null });
  return new DefaultLogger(level, ({ level: at, message, meta }) => {
    const line = { ...cut(meta), msg: message.slice(0, MAX_LINE) };
    if (at === 'ERROR') out.error(line);
    else if (at === 'WARN') out.warn(line);
    else out.info(line);
  });
}

function cut(meta: LogMetadata | undefined): { meta?: string } {
  if (!meta) return {};
  const { error, ...rest } = meta;
  const name = error instanceof Error ? { error: `${error.name}: ${error.message}` } : {};
  const text = JSON.stringify({ ...rest, ...name }, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  return { meta: text.slice(0, MAX_LINE) };
}
