import { readFileSync } from 'node:fs';

/** A fenced block of a literate spec: its language, the rest of its info string, its text. */
export interface Block {
  readonly language: string;
  readonly info: readonly string[];
  readonly text: string;
}

/** A `##` section of a spec: one pull request or one example, told in prose and blocks. */
export interface Section {
  readonly title: string;
  readonly line: number;
  readonly blocks: readonly Block[];
}

/** Reads a literate spec: a Markdown file that is the manual and the test at once. */
export function readSpec(path: URL | string): readonly Section[] {
  const sections: { title: string; line: number; blocks: Block[] }[] = [];
  let open: { block: { language: string; info: string[]; text: string }; fence: string } | null = null;
  for (const [index, line] of readFileSync(path, 'utf8').split('\n').entries()) {
    const fence = /^(`{3,})(.*)$/.exec(line);
    if (open) {
      if (fence?.[1] === open.fence && fence[2] === '') {
        sections.at(-1)?.blocks.push(open.block);
        open = null;
      } else open.block.text += `${line}\n`;
    } else if (fence) {
      const [language = '', ...info] = (fence[2] ?? '').trim().split(/\s+/);
      open = { block: { language, info, text: '' }, fence: fence[1] ?? '' };
    } else if (line.startsWith('## ')) {
      sections.push({ title: line.slice(3), line: index + 1, blocks: [] });
    }
  }
  return sections;
}
