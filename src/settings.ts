import { z } from 'zod';

import type { Database } from './schema/migration.ts';
import { deepest, type KnownNames, keysInWords, wrongName } from './settings-problems.ts';
import { readYaml } from './settings-yaml.ts';

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

/**
 * Reads the text of a settings file. An empty text gives the defaults. `known: null` takes any name.
 * @throws SettingsError when it is no YAML, has unknown keys or values that are not allowed
 */
export function parseSettings(text: string, path: string, known: KnownNames | null = null): Settings {
  const refuse = (line: number, reason: string) => new SettingsError(path, line, reason);
  const { value, lineOf } = readYaml(text, refuse);
  const result = shape.safeParse(value ?? {});
  if (!result.success) {
    const { keys, message } = deepest(result.error.issues);
    throw refuse(lineOf(keys), `${keys.length > 0 ? `${keysInWords(keys)}: ` : ''}${message}`);
  }
  const wrong = wrongName(result.data, known);
  if (wrong) throw refuse(lineOf(wrong.keys), `${keysInWords(wrong.keys)}: ${wrong.reason}`);
  return settingsOf(result.data, (...keys) => ({ path, line: lineOf(keys) }));
}

type At = (...keys: PropertyKey[]) => { readonly path: string; readonly line: number };

function settingsOf({ deploy, apps, ...rest }: z.infer<typeof shape>, at: At): Settings {
  return {
    ...rest,
    rollouts: rolloutsOf(deploy, at),
    apps: apps.map((each, index) => ({
      root: each.root.replace(/^\.?\/+|\/+$/g, '').replace(/^\.$/, ''),
      framework: each.framework ?? null,
      database: each.database ?? null,
      version: each.version ?? null,
      at: at('apps', index),
    })),
  };
}

function rolloutsOf(deploy: z.infer<typeof shape>['deploy'], at: At): readonly DeclaredRollout[] {
  if (Array.isArray(deploy)) return deploy.map((each, index) => ({ ...each, at: at('deploy', index, 'order') }));
  return deploy ? [{ name: null, order: deploy.order, at: at('deploy', 'order') }] : [];
}

/** What holds where a project says nothing. */
export const defaultSettings: Settings = parseSettings('', settingsPath);

/** Settings in which one deploy order holds for everything, whatever they declared. */
export function withOrder(settings: Settings, order: DeployOrder | null): Settings {
  return order === null ? settings : { ...settings, rollouts: [{ name: null, order, at: null }] };
}
