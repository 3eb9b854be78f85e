import { describe, expect, it } from 'vitest';

import { batchesOf, withBrokenSettings } from '../../src/github/check.ts';
import { isOurs, reconcile } from '../../src/github/comment.ts';
import type { Annotation } from '../../src/report/presentation.ts';
import { SettingsError } from '../../src/settings.ts';

const marker = '<!-- bellows:review eyJ2ZXJkaWN0Ijoic2FmZSIsImhlYWQiOiIiLCJoYW5kbGVzIjp7fX0 -->';
const app = { appId: 4711, slug: async () => 'bellows' };
const bot = { login: 'bellows[bot]', type: 'Bot' };

describe('whose comment it is', () => {
  it('goes by marker and author', async () => {
    const ours = { id: 1, body: `${marker}\ntext`, user: bot, performed_via_github_app: { id: 4711 } };
    expect(await isOurs(ours, app)).toBe(true);
    expect(await isOurs({ ...ours, body: 'text' }, app)).toBe(false);
    expect(await isOurs({ ...ours, performed_via_github_app: { id: 1 } }, app)).toBe(false);
    expect(await isOurs({ ...ours, user: { login: 'mia', type: 'User' }, performed_via_github_app: null }, app)).toBe(
      false,
    );
  });

  it('goes by the name where GitHub does not say the number', async () => {
    const unsaid = { id: 1, body: marker, user: bot };
    expect(await isOurs(unsaid, app)).toBe(true);
    expect(await isOurs({ ...unsaid, user: { ...bot, login: 'other[bot]' } }, app)).toBe(false);
    expect(await isOurs({ ...unsaid, user: null }, app)).toBe(false);
  });
});

describe('the one comment', () => {
  const found = (verdict: 'safe' | 'caution' | 'unsafe' | null) => ({ id: 5, body: 'before', verdict });
  const said = { body: 'now', verdict: 'unsafe', draft: false } as const;
  const edit = { kind: 'edit', id: 5, body: 'now' };
  const create = { kind: 'create', body: 'now' };

  it('is written once, then rewritten in place', () => {
    expect(reconcile(null, said)).toEqual(create);
    expect(reconcile(found('unsafe'), said)).toEqual(edit);
    expect(reconcile(found('unsafe'), { ...said, verdict: 'safe' })).toEqual(edit);
    expect(reconcile(found(null), said)).toEqual(edit);
  });

  it('is left alone where nothing changed or there is nothing to say', () => {
    expect(reconcile({ ...found('unsafe'), body: 'now' }, said)).toEqual({ kind: 'none' });
    expect(reconcile(found('unsafe'), { ...said, body: null })).toEqual({ kind: 'none' });
    expect(reconcile(null, { ...said, body: null })).toEqual({ kind: 'none' });
  });

  it('is a new one where safe turned unsafe, since an edit notifies nobody', () => {
    expect(reconcile(found('safe'), said)).toEqual(create);
    expect(reconcile(found('safe'), { ...said, verdict: 'caution' })).toEqual(edit);
  });

  it('is not begun on a draft, and kept true where it stands', () => {
    expect(reconcile(null, { ...said, draft: true })).toEqual({ kind: 'none' });
    expect(reconcile(found('safe'), { ...said, draft: true })).toEqual(edit);
  });
});

describe('the check run', () => {
  const annotation: Annotation = { path: 'a.rb', line: 3, level: 'failure', title: 't', message: 'm' };
  const check = { conclusion: 'success', title: 't', summary: 's', text: '', annotations: [annotation] } as const;

  it('sends annotations fifty at a time, each on one line', () => {
    const batches = batchesOf(Array.from({ length: 120 }, (_, line) => ({ ...annotation, line: line + 1 })));
    expect(batches.map((batch) => batch.length)).toEqual([50, 50, 20]);
    expect(batches[2]?.at(-1)).toEqual({
      path: 'a.rb',
      start_line: 120,
      end_line: 120,
      annotation_level: 'failure',
      title: 't',
      message: 'm',
    });
    expect(batchesOf([])).toEqual([]);
  });

  it('names what is wrong with settings that the pull request brings', () => {
    const error = new SettingsError('.github/bellows.yml', 4, '`<b>@all`: <b>@all is not known');
    const { summary, annotations, conclusion } = withBrokenSettings(check, error);
    expect(summary).toContain('.github/bellows.yml:4');
    // Inside a code span GitHub shows both as they are and mentions nobody.
    expect(summary.replaceAll('`<b>@all`', '')).not.toMatch(/<b>|@all/);
    expect(annotations[0]).toMatchObject({ path: '.github/bellows.yml', line: 4 });
    expect(conclusion).toBe('success');
    expect(withBrokenSettings(check, null)).toBe(check);
    const full = { ...check, summary: 'x'.repeat(65_535) };
    expect(withBrokenSettings(full, error).summary).toBe(full.summary);
  });
});
