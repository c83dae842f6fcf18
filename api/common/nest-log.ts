import type { LoggerService } from '@nestjs/common';
import { apiLog } from './api-log';

/** Nest's own messages in our log; its start-up chatter is left out. */
export class NestLog implements LoggerService {
  log(): void {
    // Every route and module, one line each: docs/architecture.md and /docs say it better.
  }

  warn(message: unknown): void {
    apiLog.warn(String(message));
  }

  error(message: unknown, stack?: unknown): void {
    apiLog.error(
      { stack: typeof stack === 'string' ? stack : undefined },
      message instanceof Error ? message.message : String(message),
    );
  }
}
