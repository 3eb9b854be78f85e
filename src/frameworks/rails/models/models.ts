import { parseRuby } from '../../../languages/ruby.ts';
import type { SourceFile, Unread } from '../../../reading.ts';
import type { Watch } from '../../framework.ts';
import { linkAssociation } from './association-links.ts';
import { ancestorsOf, buildClassTree, type ClassTree, concernsOf } from './class-tree.ts';
import { type Definition, readDefinitions } from './definitions.ts';
import { gemDefinitions } from './gem-models.ts';
import type { Inflector } from './inflections.ts';
import type { Members } from './members.ts';
import type { Model, Models } from './model.ts';
import { indexModels } from './model-index.ts';
import { type TableNames, tableNames } from './table-names.ts';
import { followThrough } from './through.ts';

export interface ModelOptions {
  readonly inflector: Inflector;
  readonly watch: Watch;
  /** Whether anything tells of a table of this name. */
  readonly isTable: (table: string) => boolean;
}

/**
 * The models of an app, from the Ruby files that define them: classes, concerns, and the engine that gives a module its
 * table prefix. A file that does not parse is left out and named in `unread`.
 */
export function readModels(files: readonly SourceFile[], { inflector, watch, isTable }: ModelOptions): Models {
  const definitions: Definition[] = [];
  const unread: Unread[] = [];
  for (const { path, text } of files) {
    watch(path, () => {
      const parsed = parseRuby(path, text);
      if (parsed.ok) for (const each of readDefinitions(parsed.file)) definitions.push(each);
      else unread.push({ path, line: parsed.line, reason: parsed.reason });
    });
  }
  const tree = buildClassTree([...definitions, ...gemDefinitions(isTable)], inflector);
  const names = tableNames(tree, { inflector, isTable });
  const participants = participantsOf(tree, names);
  const all = [...tree.byName.keys()]
    .filter(names.isModel)
    .map((name) => modelOf(name, { tree, names, inflector, participants }));
  return indexModels(followThrough(all, inflector), { inflector, unread });
}

interface Known {
  readonly tree: ClassTree;
  readonly names: TableNames;
  readonly inflector: Inflector;
  readonly participants: ReadonlyMap<string, readonly string[]>;
}

function modelOf(name: string, { tree, names, inflector, participants }: Known): Model {
  const linking = {
    resolve: tree.resolve,
    tableOf: names.tableOf,
    participants: (as: string) => participants.get(as) ?? [],
  };
  const ancestors = ancestorsOf(tree, name);
  const chain = [...ancestors].reverse().concat(name);
  const concerns = [...new Set(chain.flatMap((each) => concernsOf(tree, each)))];
  const members = chain.flatMap((each) => membersOf(tree, [...concernsOf(tree, each), each]));
  const definitions = tree.byName.get(name)?.definitions ?? [];
  const table = names.tableOf(name);
  // A key is named after the class that declares the association, also for the classes below it.
  const links = chain.flatMap((declaring) => {
    const owner = { name: declaring, table, nesting: tree.byName.get(declaring)?.definitions[0]?.nesting ?? [] };
    const link = { inflector, owner, ...linking };
    return membersOf(tree, [...concernsOf(tree, declaring), declaring]).flatMap(({ associations }) =>
      associations.map((each) => linkAssociation(each, link)),
    );
  });
  return {
    name,
    at: definitions[0]?.at ?? { path: '', line: 1, column: 1 },
    table,
    ancestors,
    concerns,
    associations: new Map(links.map((each) => [each.name, each])),
    enums: new Map(members.flatMap(({ enums }) => [...enums])),
    aliases: new Map(members.flatMap(({ aliases }) => [...aliases])),
    virtual: new Set(members.flatMap(({ virtual }) => [...virtual])),
    declared: new Set(members.flatMap(({ declared }) => [...declared])),
    claimed: new Set(members.flatMap(({ claimed }) => [...claimed])),
    parts: new Map(members.flatMap(({ parts }) => [...parts])),
    ignored: new Set(members.flatMap(({ ignored }) => [...ignored])),
    methods: new Map(members.flatMap(({ methods }) => [...methods])),
    classMethods: new Set(members.flatMap(({ classMethods }) => [...classMethods])),
    scopes: new Set(members.flatMap(({ scopes }) => [...scopes])),
    paths: new Set(definitions.map(({ at }) => at.path)),
  };
}

function membersOf(tree: ClassTree, names: readonly string[]): readonly Members[] {
  return names.flatMap((each) => tree.byName.get(each)?.members ?? []);
}

/** Interface name → the models that declare `as:` it. */
function participantsOf(tree: ClassTree, names: TableNames): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const name of [...tree.byName.keys()].filter(names.isModel)) {
    const members = membersOf(tree, [name, ...concernsOf(tree, name)]);
    for (const { as } of members.flatMap(({ associations }) => associations)) {
      if (as === null) continue;
      const group = found.get(as) ?? new Set();
      found.set(as, group.add(name));
    }
  }
  return new Map([...found].map(([as, group]) => [as, [...group]]));
}
