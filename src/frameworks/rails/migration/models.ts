import type { Machine } from './machine.ts';
import type { Rows } from './value.ts';

/** Ruby's own constants and those of libraries: calls on them do nothing to the database. */
const libraries: ReadonlySet<string> = new Set(
  `Rails Time Date DateTime File Dir FileUtils Pathname IO Logger ENV YAML JSON CSV I18n Kernel Process Math Set Hash Array
  String Integer Float Symbol Struct OpenStruct Class Module Object Random SecureRandom Digest Base64 URI Net Benchmark
  Thread Mutex Queue Redis Sidekiq Resque ActiveJob ActiveSupport ActionMailer Gem GC ObjectSpace Marshal
  Zlib Comparable Enumerable Regexp Range Proc Etc Timeout Tempfile Parallel ProgressBar RubyProgressbar StandardError
  Exception RuntimeError ArgumentError Mongoid Arel Rack Bundler Sentry Raven Honeybadger Airbrake NewRelic
  PaperTrail Searchkick Elasticsearch Flipper STDOUT STDERR Sprockets Current`.split(/\s+/),
);

/** Constants that are no model either, and may do something. */
const tools: ReadonlySet<string> = new Set([
  'ActiveRecord',
  'Rake',
  'Sequel',
  'DB',
  'Apartment',
  'Feature',
  'Open3',
  'PTY',
]);

export function isLibrary(name: string): boolean {
  const [first = ''] = name.replace(/^::/, '').split('::');
  return libraries.has(first) || /(Mailer|Error|Logger|Job|Worker)$/.test(name);
}

/** The rows that a constant stands for. Null where it is no model. */
export function rowsOfConstant(machine: Machine, name: string): Rows | null {
  const [first = ''] = name.replace(/^::/, '').split('::');
  const last = name.slice(name.lastIndexOf('::') + 1).replace(/^:/, '');
  if (libraries.has(first) || tools.has(first) || /(Worker|Service|Mailer|Error|Helper|Logger|Migration)$/.test(last))
    return null;
  return { kind: 'rows', table: tableOf(machine, { name, last }), batched: false, inBatches: false };
}

/** A class in another namespace may have a prefix that only the project tells. */
function tableOf(machine: Machine, { name, last }: { name: string; last: string }): string | null {
  const declared = machine.script.classes.get(last);
  if (declared) return declared;
  const plainName = declared === null || !name.includes('::');
  return plainName ? machine.inflector.tableize(last) : null;
}
