import type { SourceFile } from '../../reading.ts';
import { partialInserts } from './project.ts';

/** What an app's files say of the behaviour of its Active Record. */
export interface ActiveRecordDefaults {
  /** Whether INSERT names only the attributes that were set. */
  readonly partialInserts: boolean;
  /** Whether a `belongs_to` that says nothing must be present. */
  readonly belongsToRequired: boolean;
  /** Major and minor version in one number: `601` is Rails 6.1. Null: no file tells. */
  readonly version: number | null;
}

/** Read from `Gemfile.lock`, `config/application.rb` and the initializers of new defaults. */
export function activeRecordDefaults(files: readonly SourceFile[]): ActiveRecordDefaults {
  const lines = configLines(files);
  const version = lockedVersion(files);
  return {
    partialInserts: partialInserts(files),
    belongsToRequired: belongsToRequired(lines, version),
    version: version ?? loadedDefaults(lines, null),
  };
}

/**
 * Rails: off, on since `load_defaults 5.0`, and either set by hand
 * (https://guides.rubyonrails.org/configuring.html#config-active-record-belongs-to-required-by-default).
 */
function belongsToRequired(lines: readonly string[], locked: number | null): boolean {
  let answer = (loadedDefaults(lines, locked) ?? 0) >= 500;
  for (const line of lines) {
    const set = /\bbelongs_to_required_by_default\s*=\s*(true|false)\b/.exec(line)?.[1];
    if (set !== undefined) answer = set === 'true';
  }
  return answer;
}

/** The version after `load_defaults`; where it is computed, the installed one is meant (`Rails::VERSION::STRING.to_f`). */
function loadedDefaults(lines: readonly string[], locked: number | null): number | null {
  let answer: number | null = null;
  for (const line of lines) {
    const given = /\bload_defaults\b[\s(]*(.*)/.exec(line)?.[1];
    if (given === undefined) continue;
    answer = versionIn(/^["']?(\d+)\.(\d+)/.exec(given)) ?? locked;
  }
  return answer;
}

function lockedVersion(files: readonly SourceFile[]): number | null {
  for (const { text } of files.filter(({ path }) => /(?:^|\/)Gemfile\.lock$/.test(path))) {
    const version = versionIn(/^ {4}(?:activerecord|rails) \((\d+)\.(\d+)/m.exec(text));
    if (version !== null) return version;
  }
  return null;
}

function versionIn(found: RegExpExecArray | null): number | null {
  return found ? Number(found[1]) * 100 + Number(found[2]) : null;
}

function configLines(files: readonly SourceFile[]): readonly string[] {
  return files
    .filter(({ path }) => /(?:^|\/)config\/(?:application|initializers\/new_framework_defaults\w*)\.rb$/.test(path))
    .flatMap(({ text }) => text.split('\n').filter((line) => !line.trimStart().startsWith('#')));
}
