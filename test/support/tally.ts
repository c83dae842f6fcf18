/** Counts by figure and group: `operators handled agent=agent-1`; '' is the whole. */
export class Tally {
  private readonly counts = new Map<string, Map<string, Map<string, number>>>();
  /** By figure, how many more there may be: commands of which nobody knows whether they took effect. */
  private readonly unsure = new Map<string, number>();

  /** One more, in the whole and in each of its groups. */
  add(figure: string, groups: Readonly<Record<string, string>> = {}): void {
    this.touch(figure, '', '', 1);
    for (const [dimension, value] of Object.entries(groups))
      this.touch(figure, dimension, value, 1);
  }

  /** Counted in these groups, perhaps never. */
  declare(figure: string, ...dimensions: readonly string[]): void {
    for (const dimension of ['', ...dimensions]) this.touch(figure, dimension, '', 0);
  }

  mayBeMore(figure: string, by = 1): void {
    this.unsure.set(figure, (this.unsure.get(figure) ?? 0) + by);
  }

  figures(dimension: string): string[] {
    return [...this.counts].flatMap(([figure, by]) => (by.has(dimension) ? [figure] : []));
  }

  get dimensions(): string[] {
    return [...new Set([...this.counts.values()].flatMap((by) => [...by.keys()]))];
  }

  values(figure: string, dimension: string): string[] {
    return [...(this.counts.get(figure)?.get(dimension)?.keys() ?? [])];
  }

  /** What is wrong with a value; '' when it is what was counted. */
  differs(figure: string, dimension: string, group: string, value: number): string {
    const counted = this.counts.get(figure)?.get(dimension)?.get(group) ?? 0;
    const most = counted + (this.unsure.get(figure) ?? 0);
    if (value >= counted && value <= most) return '';
    const where = dimension === '' ? '' : ` of ${dimension} "${group}"`;
    return `${figure}${where} is ${value}, by the actors’ records ${counted}${most > counted ? ` to ${most}` : ''}`;
  }

  private touch(figure: string, dimension: string, value: string, by: number): void {
    const groups = this.counts.get(figure) ?? new Map<string, Map<string, number>>();
    const values = groups.get(dimension) ?? new Map<string, number>();
    if (by > 0) values.set(value, (values.get(value) ?? 0) + by);
    this.counts.set(figure, groups.set(dimension, values));
  }
}
