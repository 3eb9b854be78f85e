import { nil, unknown, type Value } from './value.ts';

/** How far a jump leads out of the code that makes it. */
export type Jump = 'none' | 'next' | 'break' | 'return' | 'raise';

const reach: Readonly<Record<Jump, number>> = { none: 0, next: 1, break: 2, return: 3, raise: 4 };

export function farther(left: Jump, right: Jump): Jump {
  return reach[left] >= reach[right] ? left : right;
}

export function nearer(left: Jump, right: Jump): Jump {
  return reach[left] <= reach[right] ? left : right;
}

/** Where a running method stands. */
export interface Flow {
  /** What follows does not run, up to where the jump leads. */
  jump: Jump;
  /** What follows may not run: a condition that is not known decided about a jump. */
  maybe: Jump;
  returned: Value;
  readonly method: string | null;
  /** What `yield` calls. */
  readonly block: Value | null;
}

export function newFlow(method: string | null, block: Value | null): Flow {
  return { jump: 'none', maybe: 'none', returned: nil, method, block };
}

/** The local variables of a method or block. A block sees those around it. */
export interface Scope {
  readonly values: Map<string, Value>;
  readonly parent: Scope | null;
  readonly flow: Flow;
}

export function methodScope(flow: Flow): Scope {
  return { values: new Map(), parent: null, flow };
}

export function blockScope(parent: Scope): Scope {
  return { values: new Map(), parent, flow: parent.flow };
}

export function lookup(scope: Scope, name: string): Value | undefined {
  return ownerOf(scope, name)?.values.get(name);
}

function ownerOf(scope: Scope, name: string): Scope | null {
  for (let each: Scope | null = scope; each; each = each.parent) {
    if (each.values.has(name)) return each;
  }
  return null;
}

/** An assignment made while it is not known whether the code runs: what the variable was before it. */
export interface Write {
  readonly scope: Scope;
  readonly name: string;
  readonly before: Value;
}

/** Assigns a variable and tells what it was. Each kind of variable has its own first character, so names never collide. */
export function assign(scope: Scope, name: string, value: Value): Write {
  const owner = ownerOf(scope, name) ?? scope;
  const before = owner.values.get(name) ?? nil;
  owner.values.set(name, value);
  return { scope: owner, name, before };
}

export function undo(write: Write): void {
  write.scope.values.set(write.name, write.before);
}

export function forget(write: Write): void {
  write.scope.values.set(write.name, unknown);
}
