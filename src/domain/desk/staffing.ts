import { allOf } from './buckets';
import { fits, lineKey } from './needs';
import type { Staffed } from './service';
import type { DeskAgent, DeskState, Waiting } from './state';

/** Customers who can be served by the same agents. */
interface Group {
  readonly able: ReadonlySet<string>;
  readonly staffed: Staffed;
  /** How many of them were counted so far. */
  size: number;
  /** This group and all that share an agent with it. */
  readonly rivals: Group[];
}

/** Who can serve whom and who is ahead of whom, looked up once for all who ask for the same. */
export class Staffing {
  private readonly atWork: readonly DeskAgent[];
  private readonly groups = new Map<string, Group>();

  constructor(
    state: DeskState,
    private readonly at: number,
  ) {
    this.atWork = allOf(state.agents).filter((a) => a.state !== 'AWAY' && a.state !== 'PAUSED');
  }

  /** Asked in the order of turns. `place`: among all whom one of his agents could take before him. */
  next(entry: Waiting): { readonly place: number; readonly staffed: Staffed } {
    const own = this.groupOf(entry);
    own.size += 1;
    const place = own.rivals.reduce((sum, { size }) => sum + size, 0);
    return { place, staffed: own.staffed };
  }

  private groupOf({ needs, since }: Waiting): Group {
    const waited = this.at - since;
    const steps = needs.relaxation.filter(({ afterMs }) => afterMs <= waited).length;
    const key = `${steps} ${lineKey(needs)}`;
    const known = this.groups.get(key);
    if (known) return known;
    const able = this.atWork.filter((agent) => fits(agent, needs, waited));
    const free = able.filter(({ state }) => state === 'FREE' || state === 'OFFERED').length;
    const group: Group = {
      able: new Set(able.map(({ agentId }) => agentId)),
      staffed: { able: able.length, free },
      size: 0,
      rivals: [],
    };
    const rivals = [...this.groups.values()].filter((other) => shareAgents(other, group));
    for (const rival of rivals) rival.rivals.push(group);
    group.rivals.push(group, ...rivals);
    this.groups.set(key, group);
    return group;
  }
}

function shareAgents(a: Group, b: Group): boolean {
  for (const agentId of a.able) if (b.able.has(agentId)) return true;
  return false;
}
