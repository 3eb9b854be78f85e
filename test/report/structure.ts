/** What a renderer would see in our Markdown, as far as it must be known to say that nothing broke out. */

export interface Structure {
  /** Lines outside fences, with inline code taken out. */
  readonly prose: readonly string[];
  /** Lines outside fences, whole. */
  readonly lines: readonly string[];
  readonly openFence: boolean;
  readonly tags: readonly string[];
}

export function structureOf(markdown: string): Structure {
  const lines: string[] = [];
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const ticks = /^ {0,3}(`{3,}|~{3,})([^`]*)$/.exec(line);
    if (fence === null && ticks?.[1]) fence = ticks[1];
    else if (fence === null) lines.push(line);
    else if (ticks?.[1]?.startsWith(fence) && ticks[2]?.trim() === '') fence = null;
  }
  const prose = lines.map(withoutCode);
  return { prose, lines, openFence: fence !== null, tags: prose.flatMap((line) => line.match(/<[^>]*>?/g) ?? []) };
}

/** Takes inline code out as CommonMark finds it: a run of backticks closes with the next run of the same length. */
function withoutCode(line: string): string {
  let rest = '';
  for (let index = 0; index < line.length; ) {
    if (line[index] === '\\') {
      rest += line.slice(index, index + 2);
      index += 2;
      continue;
    }
    const run = /^`+/.exec(line.slice(index))?.[0];
    const close = run ? closing(line, index + run.length, run.length) : -1;
    if (run && close >= 0) index = close + run.length;
    else {
      rest += run ?? line[index];
      index += run?.length ?? 1;
    }
  }
  return rest;
}

function closing(line: string, from: number, length: number): number {
  for (const match of line.slice(from).matchAll(/`+/g)) if (match[0].length === length) return from + match.index;
  return -1;
}
