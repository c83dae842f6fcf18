import { pageOf } from './pages';
import { type Body, isBody } from './refusal';
import { requireRecordings, requireTemplate, storedRole } from './template-rules';
import { newId, nowText, type Template } from './state';
import type { Workspace } from './workspace';

/** What nobody outside knows of the real service, so that tests can have it both ways. */
export interface TemplateHabits {
  /** Whether `videoAlwaysEnabled` survives; where it belongs is not documented. */
  keepsVideoAlwaysEnabled: boolean;
  /** Fields that are taken and kept as something else, like `roles.agent.priority`. */
  readonly keepsAs: Map<string, unknown>;
}

/** 100ms docs: Create a template. A name that exists is not refused: all of that one is overwritten. */
export function createTemplate(workspace: Workspace, body: Body, habits: TemplateHabits): object {
  requireTemplate(body);
  const same = [...workspace.templates.values()].find((t) => t.body['name'] === body['name']);
  const at = nowText();
  const template = same ?? { id: newId(), body, recordings: [], createdAt: at, updatedAt: at };
  workspace.templates.set(template.id, template);
  return overwrite(workspace, template, body, habits);
}

/** 100ms docs: Update a template: all fields are overwritten. */
export function updateTemplate(
  workspace: Workspace,
  id: string,
  body: Body,
  habits: TemplateHabits,
): object {
  const template = workspace.template(id);
  requireTemplate(body);
  return overwrite(workspace, template, body, habits);
}

export function listTemplates(workspace: Workspace, query: URLSearchParams): object {
  const all = [...workspace.templates.values()];
  return pageOf(all, query, (template) => templateAnswer(workspace, template));
}

export function templateAnswer(workspace: Workspace, template: Template): object {
  return {
    id: template.id,
    _id: template.id,
    customerId: workspace.customerId,
    customer: workspace.customerId,
    ...template.body,
    createdAt: template.createdAt,
    updatedAt: template.updatedAt,
  };
}

/** 100ms docs: Configure recordings. */
export function setRecordings(
  workspace: Workspace,
  id: string,
  body: unknown,
  habits: TemplateHabits,
): object {
  const template = workspace.template(id);
  const { roles } = template.body;
  template.recordings = requireRecordings(body, isBody(roles) ? Object.keys(roles) : []);
  distort({ recordings: template.recordings }, habits);
  return recordings(workspace, id);
}

/** 100ms docs: Configure recordings. False is left out, as in its samples. */
export function recordings(workspace: Workspace, id: string): object {
  return workspace.template(id).recordings.map(withoutFalse);
}

function overwrite(
  workspace: Workspace,
  template: Template,
  body: Body,
  habits: TemplateHabits,
): object {
  const { roles, settings, ...rest } = body;
  const stored = Object.entries(isBody(roles) ? roles : {}).map(([name, role]) => [
    name,
    isBody(role) ? storedRole(role, habits.keepsVideoAlwaysEnabled) : role,
  ]);
  template.body = {
    ...rest,
    roles: Object.fromEntries(stored) as object,
    settings: storedSettings(isBody(settings) ? settings : {}),
  };
  distort(template.body, habits);
  template.updatedAt = nowText();
  return templateAnswer(workspace, template);
}

/** 100ms docs: Update settings: `secretKey` comes in, `secret` goes out, and the value is echoed. */
function storedSettings(settings: Body): Body {
  const text = JSON.stringify(settings, (name, value: unknown) =>
    name === 'credentials' && isBody(value)
      ? { key: value['key'], secret: value['secretKey'] }
      : value,
  );
  return JSON.parse(text) as Body;
}

function withoutFalse(body: Body): Body {
  return JSON.parse(
    JSON.stringify(body, (_, value: unknown) => (value === false ? undefined : value)),
  ) as Body;
}

/** Only where the field has a place in what was sent. */
function distort(body: Body, { keepsAs }: TemplateHabits): void {
  for (const [field, value] of keepsAs) {
    const names = field.split('.');
    const last = names.pop() ?? '';
    const holder = names.reduce<unknown>((inner, name) => Object(inner)[name] as unknown, body);
    if (holder !== undefined) Object.assign(Object(holder) as object, { [last]: value });
  }
}
