import type { AppReading } from '../frameworks/framework.ts';
import type { ChangedFile } from '../reading.ts';
import type { Part } from './partition.ts';
import type { GeneratedFile } from './plan.ts';
import { migrationFileOf } from './rails-versions.ts';
import type { Rewritten } from './rewrite.ts';

/** A phase before it is judged: what it brings. */
export interface Draft {
  readonly kind: Part;
  readonly files: readonly string[];
  readonly generated: readonly GeneratedFile[];
}

const order = ['expand', 'switch', 'contract'] as const satisfies readonly Part[];

interface Ingredients {
  readonly apps: readonly AppReading[];
  readonly parts: ReadonlyMap<string, Part>;
  readonly rewritten: Pick<Rewritten, 'byMigration' | 'dumps'>;
}

/** Every changed file in exactly one phase, as it is or replaced by a generated text. Empty phases are left out. */
export function draftsOf(changed: readonly ChangedFile[], ingredients: Ingredients): readonly Draft[] {
  const dumps = dumpParts(ingredients);
  const moved = movedParts(changed, ingredients.parts);
  const partOf = (path: string): Part => ingredients.parts.get(path) ?? dumps.get(path) ?? moved.get(path) ?? 'switch';
  const { byMigration, dumps: newDumps } = ingredients.rewritten;
  return order.flatMap((kind) => {
    const paths = changed.map((file) => file.path).filter((path) => partOf(path) === kind);
    const replaced = (path: string) => byMigration.get(path) ?? [newDumps.get(path) ?? []].flat();
    const files = paths.filter((path) => replaced(path).length === 0);
    const generated = paths.flatMap(replaced);
    return files.length + generated.length > 0 ? [{ kind, files, generated }] : [];
  });
}

/**
 * A dump's change goes with the last phase that brings migrations: one that is a step behind is harmless, because what
 * it lacks is pending where it was loaded and runs on top of it; one that is ahead has the migrations marked as done.
 */
function dumpParts({ apps, parts }: Ingredients): ReadonlyMap<string, Part> {
  return new Map(
    apps.flatMap(({ dumps, migrations }) => {
      const used = new Set(migrations.map((migration) => parts.get(migration.path)));
      const last = order.findLast((part) => used.has(part)) ?? 'switch';
      return dumps.map((path): [string, Part] => [path, last]);
    }),
  );
}

/** Rails refuses two migrations of one name: one that gets a new version comes when the old one goes. */
function movedParts(changed: readonly ChangedFile[], parts: Ingredients['parts']): ReadonlyMap<string, Part> {
  const byName = new Map([...parts].map(([path, part]) => [migrationFileOf(path)?.name, part]));
  return new Map(
    changed
      .filter(({ status }) => status === 'deleted')
      .flatMap(({ path }): [string, Part][] => {
        const name = migrationFileOf(path)?.name;
        const part = name === undefined ? undefined : byName.get(name);
        return part ? [[path, part]] : [];
      }),
  );
}

export function joined(left: Draft, right: Draft): Draft {
  const kinds = [left.kind, right.kind];
  return {
    kind: kinds.includes('switch') ? 'switch' : right.kind,
    files: [...left.files, ...right.files],
    generated: [...left.generated, ...right.generated],
  };
}
