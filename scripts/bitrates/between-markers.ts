const BEGIN = '<!-- npm run video:bitrates -- --write -->';
const END = '<!-- end of what it wrote -->';

/** The text with `content` between its two markers. */
export function withBetweenMarkers(text: string, content: string): string {
  const [before, rest, ...again] = text.split(BEGIN);
  const [, after, ...more] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined || again.length + more.length > 0) {
    throw new Error(`the text needs ${BEGIN} and then ${END}, each once`);
  }
  return `${before}${BEGIN}\n\n${content}\n\n${END}${after}`;
}
