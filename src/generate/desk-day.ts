import type { DeskCommand } from '../domain/desk/commands';
import type { AgentSettings } from '../domain/organization/settings';
import type { Draw } from '../demo/seeded';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Shifts begin from eight on, an hour apart, and last nine hours with their breaks. */
const FIRST = 8 * HOUR;
const SHIFTS = 4;
const LASTS = 9 * HOUR;
const WRAP_UP_MS = 40_000;

export interface AtDesk {
  /** Epoch ms. */
  readonly at: number;
  readonly command: DeskCommand;
}

/** One agent's day, from its midnight: he comes, has lunch and tea, and goes. */
export function agentsDay(
  agent: AgentSettings,
  index: number,
  midnight: number,
  draw: Draw,
): AtDesk[] {
  const { agentId } = agent;
  const begin = midnight + FIRST + (index % SHIFTS) * HOUR + late(draw, 6);
  const lunch = begin + 4 * HOUR + late(draw, 25);
  const tea = begin + 6.5 * HOUR + late(draw, 25);
  const pause = (reason: string): DeskCommand => ({ name: 'pause', agentId, reason });
  return [
    { at: begin, command: comesOnline(agent) },
    { at: lunch, command: pause('LUNCH') },
    { at: lunch + 30 * MINUTE + late(draw, 12), command: { name: 'resume', agentId } },
    { at: tea, command: pause('TEA') },
    { at: tea + 8 * MINUTE + late(draw, 6), command: { name: 'resume', agentId } },
    { at: begin + LASTS, command: { name: 'offline', agentId } },
  ];
}

export function comesOnline({ agentId, languages, skills }: AgentSettings): DeskCommand {
  return { name: 'online', agentId, languages, skills, wrapUpMs: WRAP_UP_MS };
}

function late(draw: Draw, minutes: number): number {
  return Math.floor(draw() * minutes * MINUTE);
}
