import type { RecordedCommand } from '../verify/expected-events';

/** The first line: what was run, and where. */
export interface RunLine {
  readonly kind: 'run';
  readonly ouid: string;
  readonly apiUrl: string;
  /** The data directory of servers the demo started itself; '' when it was given servers. */
  readonly dataDir: string;
  readonly seed: number;
  /** Nobody but this run's actors did anything in this organization. */
  readonly alone: boolean;
  readonly at: string;
}

/** What every command's line says. */
interface CommandLine {
  readonly at: string;
  readonly profileId: string;
  readonly actorType: 'CLIENT' | 'CUSTOMER' | 'AGENT' | 'REVIEWER' | 'SUPERVISOR';
  readonly actorId: string;
  readonly command: RecordedCommand;
  /** Method and path. */
  readonly route: string;
  /** The Idempotency-Key it was sent with, each time. */
  readonly key: string;
  /** What was decided with it, for what reason, for when: never a text or a person's data. */
  readonly said: Readonly<Record<string, string>>;
}

/** The API said that the command took effect. `seq`, `status` and `id` as it answered; 0 and '' where it does not say. */
export interface AckLine extends CommandLine {
  readonly kind: 'ack';
  readonly seq: number;
  readonly status: string;
  readonly id: string;
}

/** The API refused it. */
export interface RefusedLine extends CommandLine {
  readonly kind: 'refused';
  readonly code: string;
}

/** The actor gave up before he had an answer: it may have taken effect or not. */
export interface UnknownLine extends CommandLine {
  readonly kind: 'unknown';
}

/** How a journey ended in the eyes of its actors; `expected` is what its script said. */
export interface EndLine {
  readonly kind: 'end';
  readonly at: string;
  readonly profileId: string;
  readonly outcome: string;
  readonly expected: string;
  readonly status: string;
}

export type CommandRecord = AckLine | RefusedLine | UnknownLine;
export type RecordLine = RunLine | CommandRecord | EndLine;

/** Where actors write what they were told. */
export interface Recorder {
  write(line: RecordLine): void;
}
