import type { Machine } from './machine.ts';
import type { Rows } from './value.ts';

/** Constants that are no model, whatever is called on them. */
const plain: ReadonlySet<string> = new Set(
  `Rails Time Date DateTime File Dir FileUtils Pathname IO Logger ENV YAML JSON CSV I18n Kernel Process Math Set Hash Array
  String Integer Float Symbol Struct OpenStruct Class Module Object Random SecureRandom Digest Base64 URI Net Benchmark
  Thread Mutex Queue Redis Sidekiq Resque ActiveJob ActiveSupport ActiveRecord ActionMailer Rake Gem GC ObjectSpace Marshal
  Zlib Comparable Enumerable Regexp Range Proc Etc Timeout Tempfile Parallel ProgressBar RubyProgressbar StandardError
  Exception RuntimeError ArgumentError Sequel Mongoid Arel Rack Bundler Sentry Raven Honeybadger Airbrake NewRelic
  PaperTrail Searchkick Elasticsearch Apartment Flipper Feature STDOUT STDERR Sprockets Current`.split(/\s+/),
);

/** The rows that a constant stands for. Null where it is no model. */
export function rowsOfConstant(machine: Machine, name: string): Rows | null {
  const [first = ''] = name.split('::');
  const last = name.slice(name.lastIndexOf('::') + 1).replace(/^:/, '');
  if (plain.has(first) || /(Worker|Service|Mailer|Error|Helper|Logger|Migration)$/.test(last)) return null;
  return { kind: 'rows', table: tableOf(machine, { name, last }), batched: false, inBatches: false };
}

/** A class in another namespace may have a prefix that only the project tells. */
function tableOf(machine: Machine, { name, last }: { name: string; last: string }): string | null {
  const declared = machine.script.classes.get(last);
  if (declared) return declared;
  const plainName = declared === null || !name.includes('::');
  return plainName ? machine.inflector.tableize(last) : null;
}
