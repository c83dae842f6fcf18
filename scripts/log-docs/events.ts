import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const FILE = join(__dirname, '../../src/domain/events.ts');

export interface DocumentedEvent {
  readonly type: string;
  /** '' where nobody wrote it. */
  readonly meaning: string;
  readonly by: string;
  /** What stands in `details`, as TypeScript; '' for nothing. */
  readonly details: string;
}

/** The interfaces of the vocabulary, each with the stream its events are in. */
const STREAMS: Readonly<Record<string, string>> = {
  ProfileEvents: 'profile',
  DeskEvents: 'desk',
  OrganizationEvents: 'organization',
  RetentionEvents: 'retention',
  AccessEvents: 'access',
};

export interface DocumentedStream {
  readonly stream: string;
  readonly meaning: string;
  readonly events: readonly DocumentedEvent[];
}

/**
 * What the vocabulary says of itself. An interface of events that has no stream here is an error: its
 * events would be in no documentation.
 */
export function documentedEvents(text: string = readFileSync(FILE, 'utf8')): DocumentedStream[] {
  const file = ts.createSourceFile('events.ts', text, ts.ScriptTarget.Latest, true);
  return file.statements.filter(ts.isInterfaceDeclaration).map((declared) => {
    const stream = STREAMS[declared.name.text];
    if (stream === undefined) throw new Error(`${declared.name.text} has no stream`);
    const events = declared.members.filter(ts.isPropertySignature).map((member) => ({
      type: ts.isStringLiteral(member.name) ? member.name.text : '',
      ...commentOf(member, text),
      details: typeText(member.type),
    }));
    return { stream, meaning: commentOf(declared, text).meaning, events };
  });
}

/** The types that several events share, as they are declared, with their comments. */
export function sharedTypes(text: string = readFileSync(FILE, 'utf8')): string {
  const file = ts.createSourceFile('events.ts', text, ts.ScriptTarget.Latest, true);
  return file.statements
    .filter(ts.isTypeAliasDeclaration)
    .map((declared) => text.slice(declared.getStart(file, true), declared.end))
    .map((declared) => declared.replace(/^export /m, ''))
    .join('\n\n');
}

function commentOf(node: ts.Node, text: string): { meaning: string; by: string } {
  const ranges = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  const last = ranges.at(-1);
  const written = last ? text.slice(last.pos, last.end) : '';
  const words = written
    .replace(/^\/\*\*?|\*\/$/g, '')
    .replace(/^\s*\* ?/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const [meaning = '', by = ''] = words.split(/\s*@by /);
  return { meaning, by };
}

function typeText(type: ts.TypeNode | undefined): string {
  const text = (type?.getText() ?? '').replace(/\/\*\*.*?\*\//gs, '').replace(/\s+/g, ' ');
  if (text === 'Record<string, never>') return '';
  return text
    .replace(/;? \}/g, ' }')
    .replace(/; /g, ', ')
    .replace(/^\{ (.*) \}$/, '$1');
}
