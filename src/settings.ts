import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';

import type { Database } from './schema/migration.ts';
import { deepest, type KnownNames, keyGivenTwice, keysInWords, startOf, wrongName } from './settings-problems.ts';

/** Where a repository keeps its settings. */
export const settingsPath = '.github/bellows.yml';

/** The deploy orders, in the words that settings, command line and reports share. */
export const deployOrders = ['code-first', 'migrations-first', 'rolling', 'offline'] as const;
export type DeployOrder = (typeof deployOrders)[number];

const severity = z.enum(['blocking', 'warning', 'note', 'off']);
export type DeclaredSeverity = z.infer<typeof severity>;

const app = z.strictObject({
  root: z.string().default(''),
  framework: z.string().optional(),
  database: z.enum(['postgres', 'mysql', 'mariadb', 'sqlite']).optional(),
  version: z.string().optional(),
});

/** Each is judged by itself. */
const maxRollouts = 20;

const rollout = z.strictObject({ name: z.string().min(1).max(60), order: z.enum(deployOrders) });

const shape = z.strictObject({
  mode: z.enum(['block', 'advise']).default('block'),
  onError: z.enum(['fail', 'pass']).default('fail'),
  deploy: z
    .union([z.strictObject({ order: z.enum(deployOrders) }), z.array(rollout).min(1).max(maxRollouts)])
    .optional(),
  apps: z.array(app).default([]),
  tables: z.record(z.string(), z.strictObject({ rows: z.number().int().nonnegative() })).default({}),
  hazards: z.record(z.string(), z.strictObject({ severity })).default({}),
  ignore: z.strictObject({ paths: z.array(z.string()).default([]) }).default({ paths: [] }),
  comments: z.enum(['all', 'risks']).default('all'),
});

export interface DeclaredRollout {
  readonly name: string | null;
  readonly order: DeployOrder;
  readonly at: { readonly path: string; readonly line: number } | null;
}

export interface DeclaredApp {
  readonly root: string;
  readonly framework: string | null;
  readonly database: Database | null;
  readonly version: string | null;
  readonly at: { readonly path: string; readonly line: number };
}

/** A project's settings as plain data, every default filled in. */
export interface Settings {
  readonly mode: 'block' | 'advise';
  readonly onError: 'fail' | 'pass';
  /** Empty: nothing is declared. */
  readonly rollouts: readonly DeclaredRollout[];
  readonly apps: readonly DeclaredApp[];
  readonly tables: Readonly<Record<string, { readonly rows: number }>>;
  readonly hazards: Readonly<Record<string, { readonly severity: DeclaredSeverity }>>;
  readonly ignore: { readonly paths: readonly string[] };
  readonly comments: 'all' | 'risks';
}

/** A settings file that cannot be used. The message names the file, the line and the reason in one sentence. */
export class SettingsError extends Error {
  readonly path: string;
  readonly line: number;
  /** The message without the place. */
  readonly reason: string;

  constructor(path: string, line: number, reason: string) {
    super(`${path}:${line}: ${reason}`);
    this.name = 'SettingsError';
    this.path = path;
    this.line = line;
    this.reason = reason;
  }
}

/** UTF-16 units: much longer than anybody's settings. */
const maxLength = 100_000;

/** More aliases than any settings file needs; a document that multiplies itself stops here. */
const maxAliasCount = 20;

/**
 * Reads the text of a settings file. An empty text gives the defaults. `known: null` takes any name.
 * @throws SettingsError when it is no YAML, has unknown keys or values that are not allowed
 */
export function parseSettings(text: string, path: string, known: KnownNames | null = null): Settings {
  if (text.length > maxLength) throw new SettingsError(path, 1, `the settings are longer than ${maxLength / 1000} KB`);
  const lines = new LineCounter();
  // Both options cost the square of the length: errors quote their line, and each key is compared with every other.
  const options = { lineCounter: lines, strict: true, prettyErrors: false, uniqueKeys: false } as const;
  const document = orRefused(() => parseDocument(text, options), path);
  const broken = orRefused(() => document.errors[0] ?? keyGivenTwice(document), path);
  if (broken) throw new SettingsError(path, lines.linePos(broken.pos[0]).line, firstSentence(broken.message));

  const lineOf = (keys: readonly PropertyKey[]): number => {
    for (let length = keys.length; length > 0; length--) {
      const start = startOf(document, keys.slice(0, length));
      if (start !== null) return lines.linePos(start).line;
    }
    return 1;
  };

  const result = shape.safeParse(orRefused(() => document.toJS({ maxAliasCount }), path) ?? {});
  if (!result.success) {
    const { keys, message } = deepest(result.error.issues);
    const named = keys.length > 0 ? `${keysInWords(keys)}: ` : '';
    throw new SettingsError(path, lineOf(keys), `${named}${message}`);
  }

  const wrong = wrongName(result.data, known);
  if (wrong) throw new SettingsError(path, lineOf(wrong.keys), `${keysInWords(wrong.keys)}: ${wrong.reason}`);

  const { deploy, apps, ...rest } = result.data;
  const at = (...keys: PropertyKey[]) => ({ path, line: lineOf(keys) });
  return {
    ...rest,
    rollouts: Array.isArray(deploy)
      ? deploy.map((each, index) => ({ ...each, at: at('deploy', index, 'order') }))
      : deploy
        ? [{ name: null, order: deploy.order, at: at('deploy', 'order') }]
        : [],
    apps: apps.map((each, index) => ({
      root: each.root.replace(/^\.?\/+|\/+$/g, '').replace(/^\.$/, ''),
      framework: each.framework ?? null,
      database: each.database ?? null,
      version: each.version ?? null,
      at: at('apps', index),
    })),
  };
}

/** What is nested deeper than the stack is no mistake of ours. */
function orRefused<Value>(read: () => Value, path: string): Value {
  try {
    return read();
  } catch (error) {
    throw new SettingsError(path, 1, error instanceof Error ? firstSentence(error.message) : 'not understood');
  }
}

/** What is broken may be quoted, and be as long as the file. */
const maxReason = 300;

function firstSentence(message: string): string {
  if (message.includes('call stack')) return 'the settings are nested too deep';
  const sentence = message.split('\n')[0] ?? message;
  return sentence.length > maxReason ? `${sentence.slice(0, maxReason)}…` : sentence;
}

/** What holds where a project says nothing. */
export const defaultSettings: Settings = parseSettings('', settingsPath);

/** Settings in which one deploy order holds for everything, whatever they declared. */
export function withOrder(settings: Settings, order: DeployOrder | null): Settings {
  return order === null ? settings : { ...settings, rollouts: [{ name: null, order, at: null }] };
}
