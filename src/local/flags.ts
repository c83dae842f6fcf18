import { parseArgs } from 'node:util';
import { messageOf, StartError } from './start-error';

/** Which flags a command has: those with a value, and those that are set or not. */
export interface FlagNames<V extends string, S extends string> {
  readonly values: readonly V[];
  readonly switches?: readonly S[];
}

/** The flags somebody typed after a command; whatever makes no sense is refused in one sentence. */
export class Flags<V extends string, S extends string = never> {
  private readonly given: Readonly<Record<string, unknown>>;

  /**
   * @param usage all flags of the command, told with each refusal
   * @throws StartError for a flag that does not exist or lacks its value
   */
  constructor(
    args: readonly string[],
    { values, switches = [] }: FlagNames<V, S>,
    private readonly usage: string,
  ) {
    const options: Record<string, { type: 'string' | 'boolean' }> = {};
    for (const name of values) options[name] = { type: 'string' };
    for (const name of switches) options[name] = { type: 'boolean' };
    try {
      this.given = parseArgs({ args: [...args], options }).values;
    } catch (error) {
      // Its later sentences explain how to pass what looks like a flag as a value.
      throw this.refusal(messageOf(error).split('. ')[0] ?? '');
    }
  }

  text(name: V): string | undefined {
    const value = this.given[name];
    return typeof value === 'string' ? value : undefined;
  }

  required(name: V): string {
    const value = this.text(name);
    if (value !== undefined && value !== '') return value;
    throw this.refusal(`--${name} is missing`);
  }

  isSet(name: S): boolean {
    return this.given[name] === true;
  }

  number(name: V): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!/^\d{1,9}(\.\d{1,6})?$/.test(value)) throw this.wrong(name, 'a number', value);
    return Number(value);
  }

  /** A whole number from 1 on. */
  count(name: V, most: number): number | undefined {
    const value = this.number(name);
    if (value === undefined) return undefined;
    if (Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw this.wrong(name, `a whole number from 1 to ${most}`, value);
  }

  wrong(name: V, rule: string, value: string | number): StartError {
    return this.refusal(`--${name} takes ${rule}, not "${value}"`);
  }

  refusal(sentence: string): StartError {
    return new StartError(`${sentence}. ${this.usage}`);
  }
}
