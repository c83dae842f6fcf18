import type { Needs } from '../messages';
import { levelsOf, type RelaxationStep, type SkillLevels } from '../policy';

/** What a customer asks for, as the desk keeps it. */
export interface DeskNeeds extends Needs {
  readonly skills: SkillLevels;
  readonly relaxation: readonly RelaxationStep[];
}

/** What of an agent decides whom he can serve. */
export interface Able {
  readonly languages: readonly string[];
  readonly skills: SkillLevels;
  /** Epoch ms; undefined: no end. */
  readonly trainedUntil: number | undefined;
}

export function deskNeeds(needs: Needs): DeskNeeds {
  return { ...needs, skills: levelsOf(needs.skills), relaxation: needs.relaxation ?? [] };
}

/** Customers with the same key can be served by the same agents, and wait in one line. */
export function lineKey({ queueId, language, skills, priority, relaxation }: DeskNeeds): string {
  const steps = relaxation.length === 0 ? '' : JSON.stringify(relaxation);
  return [priority, queueId, language, ...skillList(skills).sort(), steps].join(' ');
}

/** Agents with the same key can serve the same customers. */
export function ableKey({ languages, skills, trainedUntil = 0 }: Able): string {
  return [trainedUntil, ...[...languages, ...skillList(skills)].sort()].join(' ');
}

/** `skill:level`, as keys and the log write it. */
export function skillList(skills: SkillLevels): string[] {
  return Object.entries(skills).map(([skill, level]) => `${skill}:${level}`);
}

/**
 * Whether an agent can serve somebody who has waited so long, ms. What is asked only becomes less
 * with time, step by step as the queue's policy says.
 */
export function fits(agent: Able, needs: DeskNeeds, waitedMs: number): boolean {
  const steps = needs.relaxation.filter(({ afterMs }) => afterMs <= waitedMs);
  return speaks(agent, needs, steps) && knows(agent, needs, steps);
}

function speaks(agent: Able, needs: DeskNeeds, steps: readonly RelaxationStep[]): boolean {
  if (agent.languages.includes(needs.language)) return true;
  return steps.some(({ languages = [] }) => languages.some((l) => agent.languages.includes(l)));
}

function knows(agent: Able, needs: DeskNeeds, steps: readonly RelaxationStep[]): boolean {
  const lower = Math.max(0, ...steps.map(({ levelsLower = 0 }) => levelsLower));
  return Object.entries(needs.skills).every(([skill, level]) => {
    if (steps.some(({ dropSkills = [] }) => dropSkills.includes(skill))) return true;
    // The lowest level is still the skill: without it, only a step that drops the skill helps.
    return (agent.skills[skill] ?? 0) >= Math.max(1, level - lower);
  });
}

/** When what is asked of an agent becomes less the next time, epoch ms; undefined when never. */
export function nextRelaxation(needs: DeskNeeds, since: number, at: number): number | undefined {
  const times = needs.relaxation.map(({ afterMs }) => since + afterMs).filter((t) => t > at);
  return times.length === 0 ? undefined : Math.min(...times);
}
