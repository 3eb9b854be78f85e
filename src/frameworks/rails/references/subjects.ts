import {
  BlockNode,
  type CallNode,
  type ClassNode,
  DefNode,
  type ModuleNode,
  type Node,
  StringNode,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';

import {
  argumentsOf,
  keyword,
  keywords,
  literalWords,
  positional,
  statementsOf,
  type Word,
  wordOf,
} from '../models/arguments.ts';
import { valueNamed } from '../models/model-names.ts';
import { needMethod } from './attribute-needs.ts';
import { associatedValue } from './call-values.ts';
import { isRabl, renamedInRabl } from './rabl.ts';
import { valueAt } from './receivers.ts';
import { isKnown, type Known, type Run, type Site } from './site.ts';

/** Endings of classes that are about one model: what stands before is the model's name. */
const aboutOneModel =
  /^(.+?)(?:Serializer|Blueprint|Resource|Presenter|Decorator|Type|Dashboard|Entity|Policy|Representer|Representation|Component|Index|Facade|Drop|Exporter)$/;

/** Class-level calls there whose symbols are read from each record. */
const readMacros = new Set(
  `attributes attribute field fields expose exposes property properties column row filter index_column
  has_many has_one belongs_to association has indexes attributes_for_index input collection_column set_id cache_column
  text string integer boolean time keyword number_column id_column sortable_column`.split(/\s+/),
);

/** What the record is called where a class is about one model. */
export const subjectNames: ReadonlySet<string> = new Set([
  'object',
  'record',
  'model',
  'resource',
  'instance',
  'subject',
]);

/** The model that a class is about by its own name. Null: by its name it is about none. */
export function subjectOf(className: string, run: Run, nesting: readonly string[]): Known | null {
  const { models } = run.context;
  const last = className.slice(className.lastIndexOf(':') + 1);
  const name = aboutOneModel.exec(last)?.[1];
  if (!name) return null;
  const scope = className.includes('::') ? className.slice(0, className.lastIndexOf('::')) : null;
  const model = models.resolve(name, scope ? [scope, ...nesting] : nesting);
  return model && model.table !== null
    ? { kind: 'record', models: [model], certainty: 'likely', computed: false }
    : null;
}

/** The model that a block of an admin page or search index is about. */
export function subjectOfBlock(call: CallNode, site: Site, run: Run): Known | null {
  const [first] = positional(call);
  if (!first || !['register', 'define', 'define_index'].includes(call.name)) return null;
  if (first instanceof SymbolNode || first instanceof StringNode) {
    const named = valueNamed(first.unescaped.value, run.context.models);
    return isKnown(named) ? { ...named, kind: 'record' } : null;
  }
  const value = valueAt(first, site, run);
  return value?.kind === 'class' ? { ...value, kind: 'record', certainty: 'likely' } : null;
}

/** Reports what a class-level call in a serializer or admin page reads of each record. */
export function needOfSubject(
  call: CallNode,
  subject: Known,
  { site, run }: { readonly site: Site; readonly run: Run },
): void {
  if (call.receiver !== null || !readMacros.has(call.name)) return;
  if (keywords(call).some(({ key }) => key.text === 'resolver' || key.text === 'mutation')) return;
  const say = {
    run,
    site,
    certainty: subject.certainty,
    because: `by a ${isRabl(run.file.path) ? 'template' : 'class'} that presents its model`,
    access: 'read',
  } as const;
  for (const word of wordsRead(call, site, run)) {
    if (!site.ownMethods.has(word.text)) needMethod(subject, word, say);
  }
}

/** What is read of the record: nothing where a block makes the value, another method where one is named. */
function wordsRead(call: CallNode, site: Site, run: Run): readonly Word[] {
  const given = argumentsOf(call).flatMap(literalWords);
  // The block of a GraphQL field describes its arguments.
  const isType = /Type$/.test(site.nesting[0] ?? '');
  if (call.block instanceof BlockNode && makesValue.has(call.name) && !isType) return [];
  const other = ['method', 'hash_key'].flatMap((option) => literalWords(keyword(call, option)));
  return other.length > 0 ? other : [...given, ...renamedInRabl(call, run)];
}

/** `field(:late) { |comment| … }` hands the record to the block. */
export function subjectPresented(call: CallNode, { subject }: Site): Known | null {
  return call.receiver === null && makesValue.has(call.name) ? subject : null;
}

const makesValue = new Set('attribute attributes field fields expose property column row association'.split(' '));

/** `delegate :name, to: :project` calls the method on whatever `project` is there. */
export function needDelegated(call: CallNode, { site, run }: { readonly site: Site; readonly run: Run }): void {
  const to = keyword(call, 'to');
  const target = to ? wordOf(to) : null;
  if (target === null) return;
  const own = isKnown(site.self) ? associatedValue({ ...site.self, kind: 'record' }, target, run) : null;
  const value =
    own ?? (site.subject && subjectNames.has(target) ? site.subject : valueNamed(target, run.context.models));
  if (!isKnown(value) || value.kind !== 'record') return;
  const say = { run, site, certainty: value.certainty, because: 'by a delegated method' };
  for (const word of positional(call).flatMap(literalWords)) needMethod(value, word, say);
}

/** The methods that a class or module defines in its own body. */
export function methodsIn({ body }: ClassNode | ModuleNode): ReadonlySet<string> {
  return new Set(statementsOf(body as Node | null).flatMap((each) => (each instanceof DefNode ? [each.name] : [])));
}
