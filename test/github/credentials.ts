import { createSign, createVerify, generateKeyPairSync, type KeyObject } from 'node:crypto';

import { type Caller, type Needs, Refusal } from './http.ts';
import {
  type App,
  findRepository,
  type Level,
  type Permissions,
  type Repository,
  repositoryKey,
  type Token,
  type World,
} from './world.ts';

const maxJwtSeconds = 10 * 60;
/** Clocks differ: GitHub advises to date a token a minute back, and takes as much forward. */
const clockDriftSeconds = 60;
const tokenLifetimeMs = 60 * 60 * 1000;

export function createKeyPair(): { readonly privateKey: string; readonly publicKey: KeyObject } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(), publicKey };
}

/** A JWT as the App would sign it, for tests of what is refused. `claims` as they stand in the token. */
export function signJwt(claims: Readonly<Record<string, unknown>>, privateKey: string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
}

/**
 * Who sends this `authorization` header.
 * @throws Refusal 401 for a token that is unknown, expired or wrongly signed
 */
export function identify(world: World, header: string | undefined): { caller: Caller; token: Token | null } {
  if (!header) return { caller: { kind: 'anonymous' }, token: null };
  const [scheme = '', value = ''] = header.split(' ');
  if (!['bearer', 'token'].includes(scheme.toLowerCase())) throw new Refusal(401, 'Bad credentials');

  const token = world.tokens.get(value);
  if (token) {
    if (token.expiresAt <= world.now()) throw new Refusal(401, 'Bad credentials');
    return { caller: { kind: token.of, permissions: token.permissions }, token };
  }
  if (value.startsWith('ghs_')) throw new Refusal(401, 'Bad credentials');
  checkJwt(world.app, value, world.now().getTime() / 1000);
  return { caller: { kind: 'app' }, token: null };
}

/** GitHub's rules for an App's JWT, with its own messages. */
function checkJwt(app: App, jwt: string, now: number): void {
  const [head = '', payload = '', signature = ''] = jwt.split('.');
  const { alg } = decoded(head);
  const { iss, iat, exp } = decoded(payload);
  const verified = createVerify('RSA-SHA256')
    .update(`${head}.${payload}`)
    .verify(app.publicKey, signature, 'base64url');
  if (alg !== 'RS256' || !verified) throw new Refusal(401, 'A JSON web token could not be decoded');
  if (typeof exp !== 'number' || exp <= now) {
    const rule = 'must be a numeric value representing the future time at which the assertion expires';
    throw new Refusal(401, `'Expiration time' claim ('exp') ${rule}`);
  }
  if (exp > now + maxJwtSeconds + clockDriftSeconds || (typeof iat === 'number' && exp - iat > maxJwtSeconds)) {
    throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
  }
  if (typeof iat !== 'number' || iat > now + clockDriftSeconds) {
    const rule = 'must be an Integer representing the time that the assertion was issued';
    throw new Refusal(401, `'Issued at' claim ('iat') ${rule}`);
  }
  if (String(iss) !== String(app.id)) throw new Refusal(404, 'Integration not found');
}

function decoded(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    if (value !== null && typeof value === 'object') return value as Record<string, unknown>;
  } catch {
    // Refused below, like anything else that is no token.
  }
  throw new Refusal(401, 'A JSON web token could not be decoded');
}

/**
 * A new installation token, in the long form that GitHub gives since 2026: `ghs_APPID_JWT`. Code that expects forty
 * characters breaks on it.
 */
export function issueToken(world: World, given: Pick<Token, 'permissions' | 'repositories'>): [string, Token] {
  const filler = (length: number) =>
    Array.from(
      { length },
      (_, index) => 'abcdefghijklmnopqrstuvwxyz0123456789'[(index * 7 + world.tokens.size) % 36],
    ).join('');
  const text = `ghs_${world.app.id}_${filler(60)}.${filler(220)}${world.nextId()}.${filler(120)}`;
  const token: Token = { ...given, of: 'installation', expiresAt: new Date(world.now().getTime() + tokenLifetimeMs) };
  world.tokens.set(text, token);
  return [text, token];
}

/** A token as people make it for themselves: it reads every repository. */
export function issuePersonalToken(world: World): string {
  const text = `ghp_${String(world.nextId()).padStart(36, '0')}`;
  const read = { checks: 'read', contents: 'read', metadata: 'read', pull_requests: 'read' } as const;
  const expiresAt = new Date(world.now().getTime() + 365 * 24 * tokenLifetimeMs);
  world.tokens.set(text, { of: 'person', permissions: read, repositories: null, expiresAt });
  return text;
}

export interface Access {
  readonly method: string;
  readonly needs: Needs;
  readonly params: Readonly<Record<string, string>>;
  readonly caller: Caller;
  readonly token: Token | null;
}

/**
 * May this caller use the route?
 * @throws Refusal as GitHub refuses: 401 for the wrong kind of caller, 404 for what it may not see, else 403
 */
export function authorise(world: World, { method, needs, params, caller, token }: Access): void {
  if (needs === 'app') {
    if (caller.kind !== 'app') throw new Refusal(401, 'A JSON web token could not be decoded');
    return;
  }
  if (caller.kind === 'app') throw new Refusal(401, 'Bad credentials');
  if (caller.kind === 'anonymous' && (method !== 'GET' || needs === 'token')) {
    throw new Refusal(401, 'Requires authentication');
  }
  if (needs === 'token') return;

  const { owner = '', repo = '' } = params;
  const repository = findRepository(world, owner, repo);
  if (!repository || !sees(token, repository)) throw new Refusal(404, 'Not Found');
  if (caller.kind === 'anonymous') return;
  if (!grants(caller.permissions, needs)) throw new Refusal(403, 'Resource not accessible by integration');
}

/** Without a token the public ones are seen, an installation sees its own, a person all. */
export function sees(token: Token | null, { owner, name, installed, private: hidden }: Repository): boolean {
  if (!token) return !hidden;
  return token.of === 'person' || (token.repositories?.has(repositoryKey(owner, name)) ?? installed);
}

/** Any one of the wanted permissions is enough; write includes read. */
export function grants(held: Permissions, wanted: Permissions): boolean {
  return Object.entries(wanted).some(([name, level]) => reaches(held[name], level));
}

export function reaches(held: Level | undefined, wanted: Level): boolean {
  return held === wanted || held === 'write';
}
