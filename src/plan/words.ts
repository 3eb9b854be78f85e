import { strandedBy } from '../deploy/come-back.ts';
import { code } from '../hazards/words.ts';
import type { Judgement } from '../judge.ts';
import type { Operation } from '../schema/operation.ts';
import type { Draft } from './drafts.ts';
import type { Settled } from './settle.ts';

/** The operations that a phase runs. */
function operationsOf({ apps }: Judgement): readonly Operation[] {
  return apps.flatMap((app) => app.migrations.flatMap((migration) => migration.operations));
}

/** What a phase brings: "the migration of `comments`, with a foreign key that copies nothing". */
export function titleOf({ draft, judged }: Settled): string {
  const migrations = judged.apps.flatMap((app) => app.migrations);
  const paths = new Set(migrations.map((migration) => migration.path));
  const dumps = new Set(judged.apps.flatMap((app) => app.dumps));
  const others = [...draft.files, ...draft.generated.map((file) => file.path)].filter(
    (path) => !paths.has(path) && !dumps.has(path),
  );
  const parts = [
    paths.size > 0 ? `the ${paths.size === 1 ? 'migration' : 'migrations'}${ofTables(operationsOf(judged))}` : '',
    dumps.size > 0 ? 'the schema dump' : '',
    others.length > 0 ? codeOf(others.length) : '',
  ].filter((part) => part !== '');
  return `${listed(parts)}${copiesNothing(judged)}`;
}

function codeOf(count: number): string {
  return count === 1 ? 'your file as it is' : `your ${count} files as they are`;
}

/** More tables than this are counted. */
const maxTables = 3;

function ofTables(operations: readonly Operation[]): string {
  const tables = [...new Set(operations.flatMap(({ table }) => table ?? []))];
  if (tables.length === 0) return '';
  if (tables.length > maxTables) return ` of ${tables.length} tables`;
  return ` of ${listed(tables.map(code))}`;
}

function copiesNothing(judged: Judgement): string {
  const keys = operationsOf(judged).filter((operation) => operation.kind === 'add-foreign-key' && operation.checksOff);
  if (keys.length === 0) return '';
  return `, with ${keys.length === 1 ? 'a foreign key that copies' : 'foreign keys that copy'} nothing`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** What a phase comes after. */
export interface Before {
  /** Counted from 1; 0 for none. */
  readonly number: number;
  readonly draft: Draft | null;
  /** The commit that has to be deployed before the first phase; null where nothing has. */
  readonly waitsFor: string | null;
}

/** When it may be merged. */
export function mergeAfter({ number, draft, waitsFor }: Before, { verdict }: Judgement): string {
  const conditions = [
    ...(waitsFor === null ? [] : [`${code(waitsFor.slice(0, 7))} is deployed and ${restarted}`]),
    ...(draft === null
      ? []
      : [`${number} is deployed and ${draft.kind === 'expand' ? 'its migrations have run' : restarted}`]),
    ...(verdict === 'unsafe' && waitsFor === null ? ['what is still open is settled'] : []),
  ];
  return conditions.length === 0 ? 'Merge it now.' : `Merge it when ${conditions.join(', and ')}.`;
}

const restarted = 'the servers and workers have restarted';

/** What no roll-back brings again. */
const losers = new Set<Operation['kind']>(['drop-column', 'drop-table']);

/** How to come back from it. */
export function rollbackOf({ draft, judged }: Settled): string {
  const operations = operationsOf(judged);
  if (operations.length === 0) return 'Deploy the code before it again; the schema stays.';
  const after = operations.some(({ kind }) => losers.has(kind))
    ? 'only a backup brings back what is gone'
    : 'undo its migrations first';
  if (judged.deploys.some((deploy) => strandedBy(deploy).some(({ step }) => !step.pending))) {
    return `The code before it does not run on the new schema; ${after}.`;
  }
  if (judged.hidesSchemaChange) return 'Nobody can tell whether the code before it runs on the new schema.';
  if (operations.some(({ kind }) => losers.has(kind)))
    return `The code before it runs on the new schema too; ${after}.`;
  return draft.kind === 'expand'
    ? 'Leave it; what is not used yet harms nobody.'
    : 'Deploy the code before it again; it runs on the new schema too.';
}
