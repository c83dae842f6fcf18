export type Env = Readonly<Record<string, string | undefined>>;

/** Reads one environment; collects what is wrong with it. */
export class Reader {
  readonly problems: string[] = [];

  constructor(private readonly env: Env) {}

  text(name: string, fallback?: string): string {
    const value = this.env[name] ?? fallback;
    if (value === undefined || value === '') {
      this.problems.push(`${name} is missing`);
      return '';
    }
    return value;
  }

  optional(name: string): string {
    return this.env[name] ?? '';
  }

  port(name: string, fallback: number): number {
    const value = Number(this.env[name] ?? fallback);
    if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
    this.problems.push(`${name} is not a port`);
    return fallback;
  }

  /** `host:port`, or '' when it is not set. */
  hostAndPort(name: string): string {
    const value = this.optional(name);
    if (value !== '' && !/^[\w.-]+:\d{1,5}$/.test(value)) {
      this.problems.push(`${name} is not host:port`);
    }
    return value;
  }

  url(name: string, fallback?: string): string {
    const value = this.text(name, fallback);
    if (value !== '' && !/^https?:$/.test(protocolOf(value))) {
      this.problems.push(`${name} is not an http(s) address`);
    }
    return value;
  }

  key(name: string, text: string): Uint8Array {
    const key = new Uint8Array(Buffer.from(text, 'base64'));
    if (text !== '' && key.length !== 32) this.problems.push(`${name} is not 32 bytes in base64`);
    return key;
  }

  /** A secret that is no key of ours: its bytes, so that it never prints as text. */
  secret(name: string): Uint8Array {
    return new Uint8Array(Buffer.from(this.text(name)));
  }

  /** One of a few words; the first is the fallback. */
  oneOf<W extends string>(name: string, words: readonly [W, ...W[]], fallback: W): W {
    const value = this.text(name, fallback);
    const word = words.find((known) => known === value);
    if (word !== undefined) return word;
    if (value !== '') this.problems.push(`${name} is not one of ${words.join(', ')}`);
    return fallback;
  }
}

function protocolOf(value: string): string {
  return URL.canParse(value) ? new URL(value).protocol : '';
}
