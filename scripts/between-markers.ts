const END = '<!-- end of what it wrote -->';

/** The text with `content` between its two markers, the first of which names the npm script. */
export function withBetweenMarkers(text: string, script: string, content: string): string {
  const begin = `<!-- npm run ${script} -- --write -->`;
  const [before, rest, ...again] = text.split(begin);
  const [, after, ...more] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined || again.length + more.length > 0) {
    throw new Error(`the text needs ${begin} and then ${END}, each once`);
  }
  return `${before}${begin}\n\n${content}\n\n${END}${after}`;
}
