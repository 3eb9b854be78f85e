import type { z } from 'zod';

/** The names that settings may go by, which the registries know. */
export interface KnownNames {
  readonly hazard: readonly string[];
  readonly framework: readonly string[];
}

/** `deploy.0.order`, for a sentence: a key may be as long as the file. */
export function keysInWords(keys: readonly PropertyKey[]): string {
  const words = keys.map(String).join('.').replaceAll('`', "'");
  return `\`${words.length > maxKeys ? `${words.slice(0, maxKeys)}…` : words}\``;
}

const maxKeys = 200;

/** As much of the settings as holds names. */
interface Named {
  readonly deploy?: { readonly order: string } | readonly { readonly name: string }[] | undefined;
  readonly apps: readonly { readonly framework?: string | undefined }[];
  readonly hazards: object;
}

/** A name that cannot stand where it stands, and why: a clause. */
export interface WrongName {
  readonly keys: readonly PropertyKey[];
  readonly reason: string;
}

/** The first name that nothing goes by, or that two things go by. */
export function wrongName({ deploy, apps, hazards }: Named, known: KnownNames | null): WrongName | null {
  const names = Array.isArray(deploy) ? deploy.map(({ name }) => name) : [];
  const seen = new Set<string>();
  const again = names.findIndex((name) => seen.size === seen.add(name).size);
  if (again >= 0)
    return { keys: ['deploy', again, 'name'], reason: `\`${names[again]}\` is the name of another rollout` };
  if (known === null) return null;

  const unknown = (kind: keyof KnownNames, keys: readonly PropertyKey[]): WrongName => {
    const list = known[kind].map((name) => `\`${name}\``).join(', ');
    return { keys, reason: `no such ${kind}, known are ${list}` };
  };
  const hazard = Object.keys(hazards).find((id) => !known.hazard.includes(id));
  if (hazard !== undefined) return unknown('hazard', ['hazards', hazard]);
  const app = apps.findIndex(({ framework }) => framework !== undefined && !known.framework.includes(framework));
  return app < 0 ? null : unknown('framework', ['apps', app, 'framework']);
}

/**
 * What is wrong, in the words that help most. Where a value may have two forms, the problem with the form that comes
 * nearest says more than "invalid"; and a key that is misspelt says more than that the right one is missing.
 */
export function deepest(issues: readonly z.core.$ZodIssue[]): { keys: PropertyKey[]; message: string } {
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue?.code === 'unrecognized_keys')
    return { keys: [...issue.path, issue.keys[0] ?? ''], message: 'unknown key' };
  if (issue?.code !== 'invalid_union') return { keys: issue?.path ?? [], message: issue?.message ?? 'not understood' };
  const branches = issue.errors.map(deepest);
  const best = branches.sort((left, right) => right.keys.length - left.keys.length)[0];
  return { keys: [...issue.path, ...(best?.keys ?? [])], message: best?.message ?? issue.message };
}
