import { describe, expect, test } from 'vitest';
import { report } from '../../src/report/index.ts';
import {
  assumed,
  evidence,
  hostile,
  incident,
  irrelevant,
  many,
  presentation,
  rollouts,
  unreadable,
} from './reviews.ts';

function json(review = incident) {
  return JSON.parse(report(review, presentation, 'json').text ?? '');
}

/** Every field of an object and of those inside, in their order. */
function fields(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? [fields(value[0])] : [];
  if (typeof value !== 'object' || value === null) return null;
  return Object.entries(value).map(([key, inner]) => [key, fields(inner)]);
}

const finding = {
  ...{ id: null, handle: null, hazard: null, risk: null, severity: null, window: null, rollouts: [], app: null },
  at: { path: null, line: null },
  operation: { kind: null, table: null, column: null, name: null },
  needs: { table: null, column: null },
  evidence: [{ side: null, path: null, line: null, certainty: null, because: null }],
  ...{ more: null, duration: null, message: null, why: null, remedy: null },
};

test('JSON has the fields of the contract, in its order, and no other', () => {
  const window = { breaks: null, reachable: null };
  const phase = {
    ...{ kind: null, title: null, files: [null], hunks: [] },
    generated: [{ path: null, content: null, replaces: null }],
    ...{ mergeAfter: null, proof: null, rollback: null, verdict: null, findings: [] },
  };
  const contract = {
    ...{ version: null, verdict: null, target: null, base: null, head: null },
    deploys: [
      { app: null, rollout: null, order: null, source: null, evidence: [{ path: null, line: null }], running: null },
    ],
    migrations: [
      {
        ...{ app: null, path: null, framework: null, database: null, transaction: null, when: null },
        operations: [{ kind: null, table: null, column: null, at: { path: null, line: null } }],
      },
    ],
    windows: { newCodeOldSchema: window, oldCodeNewSchema: window },
    rollback: { safe: null, reason: null },
    findings: [finding],
    plan: { phases: [phase], unsplit: [] },
    unread: [],
  };
  expect(fields(json())).toEqual(fields(contract));
  expect(fields(json().findings)).toEqual(fields([finding]));
});

test('JSON says what was reviewed', () => {
  expect(json()).toMatchObject({ version: 1, verdict: 'unsafe', head: incident.head });
  expect(json({ ...incident, head: null }).head).toBeNull();
  expect(json(irrelevant).plan).toBeNull();
  expect(json(assumed).deploys[0]).toMatchObject({ order: 'rolling', source: 'assumed', evidence: [] });
  expect(json(rollouts).plan.unsplit[0].at).toEqual({ path: incident.findings[1]?.at.path, line: 6 });
  const text = report(incident, presentation, 'json').text ?? '';
  expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
  expect(text).not.toMatch(/"(harm|quote|title": "New code)/);
});

test('at most twenty pieces of evidence, the others counted', () => {
  const lines = Array.from({ length: 33 }, (_, index) => evidence(index + 1));
  const crowded = json({ ...incident, findings: [{ ...incident.findings[0], evidence: lines, more: 4 } as never] });
  expect(crowded.findings[0].evidence).toHaveLength(20);
  expect(crowded.findings[0].more).toBe(17);
});

describe.each([
  ['incident', incident],
  ['unreadable', unreadable],
  ['irrelevant', irrelevant],
  ['many', many(40)],
  ['hostile', hostile('a b/ü<%>#?`.rb')],
] as const)('SARIF of %s', (_, review) => {
  const log = JSON.parse(report(review, presentation, 'sarif').text ?? '');
  const run = log.runs[0];

  test('has what the standard requires', () => {
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringMatching(/sarif-2\.1\.0/) });
    expect(run.tool.driver.name).toBe('Bellows');
    expect(run.invocations[0].executionSuccessful).toBe(true);
    const ids = run.tool.driver.rules.map((rule: { id: string }) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const result of run.results) {
      expect(ids[result.ruleIndex]).toBe(result.ruleId);
      expect(['error', 'warning', 'note']).toContain(result.level);
      expect(result.message.text).not.toBe('');
      expect(Object.values(result.partialFingerprints)).toEqual([expect.any(String)]);
    }
  });

  test('names places as relative references', () => {
    const notes = run.invocations[0].toolExecutionNotifications;
    const places = [...run.results, ...notes].flatMap((each) => [...each.locations, ...(each.relatedLocations ?? [])]);
    for (const { physicalLocation } of places) {
      const { uri } = physicalLocation.artifactLocation;
      expect(uri).toMatch(/^[\w./%~-]+$/);
      expect(() => decodeURIComponent(uri)).not.toThrow();
      expect(physicalLocation.region.startLine).toBeGreaterThan(0);
    }
    expect(run.results).toHaveLength(review.findings.length);
  });
});

test('SARIF tells what could not be read beside the results', () => {
  const run = JSON.parse(report(unreadable, presentation, 'sarif').text ?? '').runs[0];
  expect(run.results).toEqual([]);
  const told = run.invocations[0].toolExecutionNotifications as { level: string; message: { text: string } }[];
  expect(told.map(({ level, message }) => `${level}: ${message.text}`)).toEqual([
    'error: the table of drop_table is computed',
    'warning: it is longer than 1 MB',
  ]);
});
