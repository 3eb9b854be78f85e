import type { Deploy } from '../deploy/deploy.ts';
import type { Engine } from '../engines/engine.ts';
import { engineOf } from '../engines/index.ts';
import type { Operation } from '../schema/operation.ts';
import type { Duration, Facts, Hazard, Problem, Severity } from './hazard.ts';
import { onStandingTables } from './standing.ts';
import { code, seconds, things } from './words.ts';

type AddForeignKey = Extract<Operation, { kind: 'add-foreign-key' }>;

/** A table of fewer rows is small: its copy is over before anybody waits. */
const smallRows = 10_000;

export const foreignKeyCopiesTable = {
  id: 'foreign-key-copies-table',
  title: 'Adding the foreign key copies the whole table while writes wait',
  risk: 'lock',
  why: 'With `foreign_key_checks` on the server adds a foreign key only by copying the table, and every write to it waits for the copy to end.',

  *find(deploy, facts) {
    const engine = engineOf(deploy.app.database);
    if (!engine) return;
    for (const operation of onStandingTables(deploy)) {
      if (operation.kind !== 'add-foreign-key' || engine.cost(operation)?.work !== 'copy') continue;
      yield problem(operation, engine, { deploy, facts });
    }
  },
} as const satisfies Hazard;

function problem(operation: AddForeignKey, engine: Engine, context: { deploy: Deploy; facts: Facts }): Problem {
  const { table } = operation;
  const rows = context.facts.settings.tables[table]?.rows ?? null;
  const duration = durationOf(rows, engine);
  const offline = context.deploy.order.order === 'offline';
  return {
    severity: severityOf(rows, offline),
    window: null,
    at: operation.at,
    operation,
    needs: { table, column: null },
    evidence: [],
    duration,
    harm: offline
      ? `the copy of ${things(table)} makes the stop longer`
      : `writes to ${things(table)} wait while the table is copied`,
    message: `The foreign key makes ${labelOf(engine)} copy ${code(table)}; ${offline ? 'the app stays stopped' : 'writes wait'} until the copy ends${howLong(duration, engine)}.`,
    remedy: `Add it in a migration of its own with \`foreign_key_checks\` off and \`LOCK=NONE\`, after counting orphans.${rowsHint(rows, engine, table)}`,
  };
}

function severityOf(rows: number | null, offline: boolean): Severity {
  return offline || (rows !== null && rows < smallRows) ? 'note' : 'blocking';
}

function durationOf(rows: number | null, engine: Engine): Duration | null {
  const rate = engine.secondsPerMillionRows.copy;
  if (rows === null || !rate) return null;
  const taken = (perMillion: number) => Math.ceil((perMillion * rows) / 1_000_000);
  return {
    seconds: [taken(rate[0]), taken(rate[1])],
    basis: `${rows} rows declared in the settings, copied at ${rate[0]} to ${rate[1]} s per million (measured on MariaDB 10.11)`,
  };
}

function howLong(duration: Duration | null, engine: Engine): string {
  if (duration) return `, ${seconds(duration.seconds)}`;
  const rate = engine.secondsPerMillionRows.copy;
  return rate ? `, about ${rate[0]} to ${rate[1]} s per million rows` : '';
}

function rowsHint(rows: number | null, engine: Engine, table: string): string {
  return rows === null
    ? ` This query tells how many rows there are: \`${engine.rowsQuery(table).replaceAll('`', "'")}\``
    : '';
}

/** The driver `mysql2` serves both, so a project that says no more is told of both. */
function labelOf(engine: Engine): string {
  return engine.name === 'mysql' ? 'MySQL or MariaDB' : engine.label;
}
