import { strandedBy } from './deploy/come-back.ts';
import type { Deploy } from './deploy/deploy.ts';
import { resolves } from './deploy/resolves.ts';
import { timelineOf } from './deploy/timeline.ts';
import { hidesSchemaChange, type Judgement } from './judge.ts';
import type { Operation } from './schema/operation.ts';

/** Whether old code can come back. `reason` is one sentence. */
export interface Rollback {
  readonly safe: boolean;
  readonly reason: string;
}

/** Whether the old code could come back once every migration ran, whatever the order says about the way there. */
export function rollbackOf({ deploys }: Pick<Judgement, 'deploys'>): Rollback {
  const [stranded] = deploys.flatMap(strandedBy);
  if (stranded) {
    const what = stranded.step.pending ? 'a migration that is merged and not deployed yet' : 'the migration';
    return unsafe(`The old code cannot come back: it needs ${named(stranded.needs)}, which ${what} takes away.`);
  }
  if (deploys.some(hidesAnything)) return unsafe(`${unknown}: a statement hides what it does.`);

  const [taken] = deploys.flatMap(takenUnsearched);
  if (taken) {
    return unsafe(
      `${unknown}: a migration that is merged and not deployed yet takes ${named(taken)} away, and only models were searched for it.`,
    );
  }
  const runs = deploys.flatMap(({ pending, migrations }) => [...pending, ...migrations]);
  const reason = runs.some(({ kind }) => kind === 'schema')
    ? 'The old code runs on the new schema: roll back the code and leave the schema as it is.'
    : 'No migration runs, so the old code can come back at any time.';
  return { safe: true, reason };
}

const unknown = 'Whether the old code can come back cannot be told';

function unsafe(reason: string): Rollback {
  return { safe: false, reason };
}

function named({ table, column }: Name): string {
  return `\`${column === null ? table : `${table}.${column}`}\``;
}

function hidesAnything(deploy: Deploy): boolean {
  return hidesSchemaChange({ ...deploy, pending: [], migrations: [...deploy.pending, ...deploy.migrations] });
}

interface Name {
  readonly table: string;
  readonly column: string | null;
}

/**
 * What merged migrations take away for good. Code is searched for the names that the pull request itself puts at stake,
 * so that of these only whole files, the models, are known.
 */
function takenUnsearched(deploy: Deploy): readonly Name[] {
  const { last } = timelineOf(deploy);
  const own = new Set(lostNames(deploy.migrations).map(keyOf));
  return lostNames(deploy.pending).filter((name) => !own.has(keyOf(name)) && !resolves(name, last));
}

function keyOf({ table, column }: Name): string {
  return JSON.stringify([table, column]);
}

function lostNames(migrations: Deploy['migrations']): readonly Name[] {
  return migrations.flatMap(({ operations }) => operations.flatMap(lostBy));
}

function lostBy(operation: Operation): readonly Name[] {
  switch (operation.kind) {
    case 'drop-column':
    case 'rename-column':
      return [{ table: operation.table, column: operation.column }];
    case 'drop-table':
    case 'rename-table':
    case 'drop-view':
      return [{ table: operation.table, column: null }];
    default:
      return [];
  }
}
