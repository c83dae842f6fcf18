import type { DeclaredTemplate } from '../template/declared-template';
import type { ReadTemplate } from '../template/differences';
import type { HundredMsClient } from './client';
import { HundredMsError } from './error';
import { fieldsOf } from './fields';

const PAGE = '100';

/** Template id by OUID; `*` stands for every other organization. */
export type Templates = Readonly<Record<string, string>>;

export function templateFor(ouid: string, templates: Templates): string {
  const id = templates[ouid] ?? templates['*'];
  // Left out, 100ms would take the account's default template.
  if (id === undefined) throw new Error(`HUNDREDMS_TEMPLATES names no template for ${ouid}`);
  return id;
}

/**
 * Templates as 100ms has them. Both writes overwrite the whole of it with what is given, so a repeat
 * changes nothing. One whose outcome is unknown is asked for: by name, then by what is read back.
 */
export class HundredMsTemplates {
  constructor(private readonly client: HundredMsClient) {}

  /** The id of the template of this name. */
  async find(name: string): Promise<string | undefined> {
    for (let start: string | undefined = ''; start !== undefined;) {
      const query: Record<string, string> = start === '' ? {} : { start };
      const page = fieldsOf(await this.client.get('/templates', { limit: PAGE, ...query }));
      const data = (Array.isArray(page['data']) ? page['data'] : []).map(fieldsOf);
      const id = data.find((template) => template['name'] === name)?.['id'];
      if (typeof id === 'string') return id;
      const { last } = page;
      start = data.length < Number(PAGE) || typeof last !== 'string' || !last ? undefined : last;
    }
    return undefined;
  }

  /** Makes or overwrites it; answers its id. Read it back: what was written may be dropped. */
  async write(id: string | undefined, { template, recordings }: DeclaredTemplate): Promise<string> {
    const path = id === undefined ? '/templates' : `/templates/${id}`;
    const written = id ?? (await this.idAfter(path, template));
    if (id !== undefined) await this.orUnknown(path, template);
    await this.orUnknown(`/templates/${written}/recordings`, recordings);
    return written;
  }

  async read(id: string): Promise<ReadTemplate> {
    const template = fieldsOf(await this.client.get(`/templates/${id}`));
    const recordings = await this.client.get(`/templates/${id}/recordings`);
    return { ...template, recordings };
  }

  private async idAfter(path: string, template: DeclaredTemplate['template']): Promise<string> {
    const answer = fieldsOf(await this.orUnknown(path, template));
    const id = typeof answer['id'] === 'string' ? answer['id'] : await this.find(template.name);
    if (id !== undefined) return id;
    throw new HundredMsError(`POST ${path}`, { reason: 'made nothing', outcome: 'UNKNOWN' });
  }

  /** What was answered, or nothing when it is unknown whether it was done. */
  private async orUnknown(path: string, body: object): Promise<unknown> {
    try {
      return await this.client.post(path, body);
    } catch (error) {
      if (error instanceof HundredMsError && error.outcome === 'UNKNOWN') return undefined;
      throw error;
    }
  }
}
