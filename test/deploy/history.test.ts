import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { breaks } from '../../src/deploy/breaks.ts';
import { strandedBy } from '../../src/deploy/come-back.ts';
import type { Deploy, NewReference } from '../../src/deploy/deploy.ts';
import { historiesOf } from '../../src/deploy/history.ts';
import { type Need, resolves } from '../../src/deploy/resolves.ts';
import { type Step, type Timeline, timelineOf } from '../../src/deploy/timeline.ts';
import { onStandingTables } from '../../src/hazards/standing.ts';
import { applyAll } from '../../src/schema/apply.ts';
import type { Migration } from '../../src/schema/migration.ts';
import type { Operation } from '../../src/schema/operation.ts';
import { emptySchema } from '../../src/schema/schema.ts';
import { column, operation } from '../schema/operations.ts';
import { steps } from '../work.ts';

function tableOf(name: string, columns: readonly string[]): Operation {
  return operation('create-table', {
    table: name,
    columns: columns.map((each) => column(each)),
    primaryKey: [],
    replaces: false,
  });
}

function migrationOf(operations: readonly Operation[], transaction: boolean): Migration {
  const common = { path: 'db/migrate/1_change.rb', framework: 'rails', database: 'mariadb', version: '1' } as const;
  return { ...common, transaction, when: 'unstated', kind: 'schema', operations };
}

function deployOf(parts: Partial<Pick<Deploy, 'before' | 'pending' | 'migrations' | 'after'>>): Deploy {
  return {
    app: { root: '', framework: 'rails', database: 'mariadb', databaseEvidence: null },
    before: { schema: emptySchema, references: [] },
    ...{ pending: [], migrations: [], edited: [], after: { references: [] } },
    order: { rollout: null, order: 'rolling', source: 'declared', evidence: [] },
    ...parts,
  };
}

const name = fc.constantFrom('a', 'b', 'c');
const anyOperation = fc.tuple(fc.nat(9), name, name, name, fc.nat(3)).map(([kind, table, one, other, statement]) => {
  const at = { line: statement };
  switch (kind) {
    case 0:
      return operation('create-table', { table, columns: [column(one)], primaryKey: [], replaces: one === other }, at);
    case 1:
      return operation('drop-table', { table }, at);
    case 2:
      return operation('rename-table', { table, to: other }, at);
    case 3:
      return operation('create-view', { table }, at);
    case 4:
      return operation('opaque', { table, reason: '', hidesSchemaChange: false }, at);
    case 5:
      return operation('rename-column', { table, column: one, to: other }, at);
    case 6:
      return operation('set-not-null', { table, column: one }, at);
    case 7:
    case 8:
      return operation('add-column', { table, column: column(one) }, at);
    default:
      return operation('drop-column', { table, column: one }, at);
  }
});
const anyMigration = fc.tuple(fc.array(anyOperation, { maxLength: 8 }), fc.boolean());
const anyName = fc.record({ table: name, column: fc.option(name) });
const anyNeed: fc.Arbitrary<Need> = fc.oneof(
  anyName,
  fc
    .tuple(anyName, fc.array(anyName, { minLength: 1, maxLength: 2 }))
    .map(([own, nilWithout]) => ({ ...own, nilWithout })),
);

/** The same, found by making every schema that anybody can see and asking each. */
function slowHistory(need: Need, { first, turns }: Timeline) {
  const done: Operation[] = [];
  const met = [resolves(need, first)];
  const steps: (Step | null)[] = [null];
  for (const turn of turns) {
    const operations = turn.map((step) => step.operation);
    const within = [...turn, null].map((_, index) =>
      resolves(need, applyAll(first, [...done, ...operations.slice(0, index)])),
    );
    done.push(...operations);
    steps.push(turn.findLast((_, index) => within[index] !== within[index + 1]) ?? null);
    met.push(within.at(-1) ?? false);
  }
  const turnsTo = (now: boolean) => (_: unknown, index: number) =>
    index > 0 && met[index] === now && met[index - 1] !== now;
  const losses = steps.filter(turnsTo(false));
  return {
    ...{ metAtFirst: met[0], metAtLast: met.at(-1) },
    ...{
      firstLoss: losses[0] ?? null,
      lastLoss: losses.at(-1) ?? null,
      lastGain: steps.findLast(turnsTo(true)) ?? null,
    },
  };
}

describe('histories in one pass', () => {
  it('are those that every single schema tells', () => {
    fc.assert(
      fc.property(fc.array(anyMigration, { maxLength: 3 }), fc.array(anyNeed), fc.array(name), (all, needs, dumped) => {
        const schema = applyAll(
          emptySchema,
          dumped.map((table) => tableOf(table, ['a', 'b'])),
        );
        const migrations = all.map(([operations, transaction]) => migrationOf(operations, transaction));
        const timeline = timelineOf(deployOf({ before: { schema, references: [] }, migrations }));
        const historyOf = historiesOf(timeline, needs);
        for (const need of needs) expect(historyOf(need)).toEqual(slowHistory(need, timeline));
      }),
      { numRuns: 500 },
    );
  });
});

function needsOf(count: number, prefix: string): NewReference[] {
  const at = { path: 'app/models/user.rb', line: 1, column: 1 };
  const common = { access: 'read', certainty: 'certain', because: '', quote: '', changed: true, fresh: false } as const;
  return Array.from({ length: count }, (_, index) => ({ table: 'users', column: `${prefix}${index}`, at, ...common }));
}

describe('the work of judging a deploy', () => {
  const each = <Result>(count: number, make: (index: number) => Result) =>
    Array.from({ length: count }, (_, at) => make(at));
  const kinds: Record<string, (index: number) => Operation> = {
    'columns that come': (at) => operation('add-column', { table: 'users', column: column(`new${at}`) }, { line: at }),
    'columns that go': (at) => operation('drop-column', { table: 'users', column: `old${at}` }, { line: at }),
    'columns that get another name': (at) =>
      operation('rename-column', { table: 'users', column: `old${at}`, to: `new${at}` }, { line: at }),
    'tables that come': (at) => tableOf(`t${at}`, ['id']),
    'statements that nobody can read': (at) =>
      operation('opaque', { table: 'users', reason: '', hidesSchemaChange: true }, { line: at }),
  };

  it.each(Object.keys(kinds).flatMap((kind) => [true, false].map((transaction) => [kind, transaction] as const)))(
    'grows with them and no faster: %s, in a transaction: %s',
    (kind, transaction) => {
      const workOf = (count: number) => {
        const schema = applyAll(emptySchema, [
          tableOf(
            'users',
            each(count, (at) => `old${at}`),
          ),
        ]);
        const operations = each(count, (at) => kinds[kind]?.(at) ?? tableOf('none', []));
        const references = [...needsOf(count, 'old'), ...needsOf(count, 'new')];
        const deploy = deployOf({
          before: { schema, references },
          migrations: [migrationOf(operations, transaction)],
          after: { references },
        });
        return steps(() => [breaks(deploy), strandedBy(deploy), [...onStandingTables(deploy)]]);
      };
      expect(workOf(800) / workOf(200)).toBeLessThan(4.5);
    },
  );
});
