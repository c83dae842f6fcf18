import type { Body } from './refusal';

/** One event as it is sent (100ms docs: Webhook). */
export interface HmsEvent {
  readonly version: '1.0' | '2.0';
  readonly id: string;
  readonly account_id: string;
  readonly app_id?: string;
  readonly timestamp: string;
  readonly type: string;
  readonly data: Body;
}
