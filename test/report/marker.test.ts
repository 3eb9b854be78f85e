import fc from 'fast-check';
import { expect, test } from 'vitest';
import { giveHandles, hasMarker, readMarker, report } from '../../src/report/index.ts';
import type { Previous } from '../../src/report/presentation.ts';
import { copies, head, incident, many, presentation, safeBoth, tooEarly } from './reviews.ts';

function commentOf(review = incident, previous: Previous | null = null): string {
  return report(review, { ...presentation, previous }, null).comment ?? '';
}

test('a comment remembers its verdict, its head and its handles', () => {
  expect(readMarker(commentOf())).toEqual({ verdict: 'unsafe', head, handles: { B1: tooEarly.id, L1: copies.id } });
  expect(readMarker(commentOf().replaceAll('\n', '\r\n'))).not.toBeNull();
});

test('what is no comment of ours is none', () => {
  const forged = (value: unknown) =>
    `<!-- bellows:review ${Buffer.from(JSON.stringify(value)).toString('base64url')} -->\ntext`;
  for (const text of ['', 'hello', '<!-- bellows:review -->', ' <!-- bellows:review e30 -->', `text\n${commentOf()}`]) {
    expect(hasMarker(text)).toBe(false);
    expect(readMarker(text)).toBeNull();
  }
  for (const value of [
    null,
    [],
    {},
    { verdict: 'fine', head, handles: {} },
    { verdict: 'safe', head: '--', handles: {} },
  ]) {
    expect(readMarker(forged(value))).toBeNull();
  }
  const odd = { verdict: 'safe', head, handles: { B1: 1, __proto__: 'x', B0: 'x', 'B1|@org': 'x', L2: 'good' } };
  expect(readMarker(forged(odd))?.handles).toEqual({ L2: 'good' });
});

test('reading never throws', () => {
  const payload = fc.oneof(
    fc.string(),
    fc.base64String(),
    fc.json().map((text) => Buffer.from(text).toString('base64url')),
  );
  fc.assert(
    fc.property(payload, (text) => void readMarker(`<!-- bellows:review ${text} -->\n`)),
    { numRuns: 200 },
  );
});

test('a finding keeps its handle, and a number is never given twice', () => {
  const first = giveHandles([copies, tooEarly], null);
  expect(first.map((finding) => [finding.handle, finding.id])).toEqual([
    ['B1', tooEarly.id],
    ['L1', copies.id],
  ]);
  const previous: Previous = { handles: { B1: 'gone', B7: 'gone too', L1: copies.id }, verdict: 'unsafe', head };
  expect(giveHandles([tooEarly, copies], previous).map((finding) => finding.handle)).toEqual(['B8', 'L1']);
});

test('the worst comes first and takes the lowest number', () => {
  const note = { ...tooEarly, id: 'a', severity: 'note' as const };
  const warning = { ...tooEarly, id: 'b', severity: 'warning' as const };
  expect(giveHandles([note, warning, tooEarly], null).map(({ id, handle }) => `${handle} ${id}`)).toEqual([
    `B1 ${tooEarly.id}`,
    'B2 b',
    'B3 a',
  ]);
});

test('handles of findings that went away are remembered, in bounded space', () => {
  const once = readMarker(commentOf());
  const later = readMarker(commentOf({ ...incident, findings: [copies] }, once));
  expect(later?.handles).toEqual({ B1: tooEarly.id, L1: copies.id });
  const crowd = readMarker(commentOf(many(3000)));
  expect(Object.keys(crowd?.handles ?? {}).length).toBeLessThan(210);
  const numbers = Object.keys(crowd?.handles ?? {}).filter((handle) => handle.startsWith('B'));
  expect(numbers).toContain('B2000');
});

test('a phase names a finding as the pull request does', () => {
  const phase = {
    ...(incident.plan?.phases[0] ?? { findings: [] }),
    findings: [{ ...copies, id: 'new here' }, copies],
  };
  const plan = { phases: [phase as NonNullable<typeof incident.plan>['phases'][number]], unsplit: [] };
  const json = JSON.parse(report({ ...incident, plan }, presentation, 'json').text ?? '');
  const handles = json.plan.phases[0].findings.map((finding: { id: string; handle: string }) => [
    finding.id,
    finding.handle,
  ]);
  expect(new Map(handles)).toEqual(
    new Map([
      ['new here', 'L2'],
      [copies.id, 'L1'],
    ]),
  );
});

test('what is settled is said once, and silence is kept', () => {
  const unsafe = readMarker(commentOf());
  const settled = commentOf(safeBoth, unsafe);
  expect(settled).toContain('### Safe now');
  expect(readMarker(settled)).toMatchObject({ verdict: 'safe', handles: { B1: tooEarly.id } });
  const quiet = { ...presentation, comments: 'risks' as const, previous: unsafe };
  expect(report(safeBoth, quiet, null).comment).toContain('Safe now');
  expect(report(safeBoth, { ...quiet, previous: null }, null).comment).toBeNull();
  expect(report(safeBoth, { ...presentation, previous: readMarker(settled) }, null).comment).toBeNull();
});

test('the same review gives the same comment', () => {
  expect(commentOf(incident, readMarker(commentOf()))).toBe(commentOf());
});
