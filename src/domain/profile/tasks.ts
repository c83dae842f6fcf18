import type { TaskSnapshot } from '../events';
import type { TaskPlan, TaskTemplate } from '../policy';
import { Refusal } from '../refusal';
import type { ProfileCommands } from './commands';
import type { ProfileJournal } from './profile-journal';
import type { TaskEntry } from './state';

/** Makes the call's tasks from the organization's plans; the seed of a drawn order is kept in the log. */
export function instantiateTasks(j: ProfileJournal, avSessionId: string): void {
  const seed = Math.floor(j.context.entropy * 2 ** 32);
  const templates = j.state.policy.taskPlans.flatMap((plan) => drawTemplates(plan, seed));
  // A new call checks anew: tasks of an earlier call are history.
  j.set({ tasks: [] });
  for (const template of templates) createTask(j, avSessionId, template, seed);
}

/** All templates in order, or `pick` of them by a shuffle that the seed alone decides. */
export function drawTemplates(plan: TaskPlan, seed: number): readonly TaskTemplate[] {
  if (plan.pick === undefined) return plan.templates;
  const next = mulberry32(seed);
  const drawn = [...plan.templates];
  for (let i = drawn.length - 1; i > 0; i--) {
    const k = Math.floor(next() * (i + 1));
    [drawn[i], drawn[k]] = [drawn[k] as TaskTemplate, drawn[i] as TaskTemplate];
  }
  return drawn.slice(0, plan.pick);
}

/** Tommy Ettinger's mulberry32 (public domain): 32 bits of state are enough to shuffle a question bank. */
function mulberry32(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function createTask(
  j: ProfileJournal,
  avSessionId: string,
  template: TaskTemplate,
  seed: number,
): string {
  const taskId = `${avSessionId}.t${j.state.tasks.length + 1}`;
  const task: TaskEntry = { ...template, taskId, avSessionId, verdict: '', reviewVerdict: '' };
  j.set({ tasks: [...j.state.tasks, task] });
  j.emit('task.created', { task: taskSnapshot(task), seed }, { taskId });
  return taskId;
}

export function taskSnapshot(task: TaskEntry): TaskSnapshot {
  const { check } = task;
  return {
    templateId: task.templateId,
    title: task.title,
    kind: check.kind,
    subject:
      check.kind === 'DETAIL'
        ? check.field
        : check.kind === 'DOCUMENT'
          ? check.document
          : check.questionId,
    mandatory: task.mandatory,
    verdict: task.verdict,
    reviewVerdict: task.reviewVerdict,
  };
}

/** The agent adds something to check. Its title is one of the product's, never free text. */
export function addTask(j: ProfileJournal, input: ProfileCommands['addTask']): string {
  const av = j.assignedAv(input.avSessionId);
  if (j.state.tasks.length >= j.state.policy.maxTasks) {
    throw new Refusal('TASK_LIMIT', `a call has at most ${j.state.policy.maxTasks} tasks`);
  }
  const template = {
    templateId: '',
    title: input.title,
    mandatory: input.mandatory,
    check: input.check,
  };
  return createTask(j, av.avSessionId, template, 0);
}

export function setTaskVerdict(
  j: ProfileJournal,
  input: ProfileCommands['setTaskVerdict'],
): string {
  j.assignedAv(input.avSessionId);
  const task = findTask(j, input.taskId);
  if (task.verdict !== input.verdict) {
    const changed = changeTask(j, task, { verdict: input.verdict });
    j.emit('task.verdict-set', { task: taskSnapshot(changed) }, { taskId: task.taskId });
  }
  return task.taskId;
}

export function findTask(j: ProfileJournal, taskId: string): TaskEntry {
  const task = j.state.tasks.find((t) => t.taskId === taskId);
  if (!task) throw new Refusal('TASK_UNKNOWN', 'the current call has no such task');
  return task;
}

export function changeTask(
  j: ProfileJournal,
  task: TaskEntry,
  patch: Partial<TaskEntry>,
): TaskEntry {
  const changed = { ...task, ...patch };
  j.set({ tasks: j.state.tasks.map((t) => (t.taskId === task.taskId ? changed : t)) });
  return changed;
}
