import { readFileSync } from 'node:fs';

import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: object;
}

interface Operation {
  readonly parameters: readonly Parameter[];
  readonly body?: { readonly properties?: Readonly<Record<string, unknown>> };
  readonly bodyRequired?: boolean;
  readonly answers: Readonly<Record<string, object | null>>;
}

interface Subset {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly webhooks: Readonly<Record<string, object>>;
  readonly schemas: Readonly<Record<string, object>>;
}

const subset = JSON.parse(readFileSync(new URL('openapi/subset.json', import.meta.url), 'utf8')) as Subset;

const ajv = new Ajv({ strict: false, coerceTypes: false });
const coercing = new Ajv({ strict: false, coerceTypes: true });
for (const each of [ajv, coercing]) {
  addFormats.default(each);
  each.addSchema({ $id: 'github', ...subset });
}

/** Compiled when first met: a test that asks for three endpoints pays for three. */
const compiled = new Map<string, ValidateFunction>();

function validator(pointer: string, checker: Ajv = ajv): ValidateFunction {
  const known = compiled.get(pointer);
  if (known) return known;
  const made = checker.compile({ $ref: `github#${pointer}` });
  compiled.set(pointer, made);
  return made;
}

export interface Request {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Undefined: the request has no body. */
  readonly body: unknown;
}

/** What is wrong with a request, in GitHub's own description's terms; null: nothing. */
export function requestProblem(operation: string, request: Request): string | null {
  const described = operationOf(operation);
  return parametersProblem(operation, described, request) ?? bodyProblem(operation, described, request.body);
}

function parametersProblem(operation: string, described: Operation, { params, query }: Request): string | null {
  for (const [index, { name, in: place, required }] of described.parameters.entries()) {
    const value = (place === 'path' ? params : query)[name];
    if (value === undefined) {
      if (required) return `${place} parameter ${name} is missing`;
      continue;
    }
    const check = validator(`${pointerTo('operations', operation)}/parameters/${index}/schema`, coercing);
    if (!check(value)) return `${place} parameter ${name}=${value} ${firstProblem(check.errors)}`;
  }
  const unknown = Object.keys(query).find((name) => !described.parameters.some((each) => each.name === name));
  return unknown === undefined ? null : `query parameter ${unknown} is not known`;
}

function bodyProblem(operation: string, described: Operation, body: unknown): string | null {
  if (!described.body) return body === undefined || isEmpty(body) ? null : 'a body where none is expected';
  if (body === undefined) return described.bodyRequired ? 'the body is missing' : null;

  const check = validator(`${pointerTo('operations', operation)}/body`);
  if (!check(body)) return `body${firstProblem(check.errors)}`;
  const { properties } = described.body;
  const unknown = properties && Object.keys(body as object).find((name) => !(name in properties));
  return unknown === undefined ? null : `body/${unknown} is not known`;
}

/** What is wrong with an answer; null: nothing. An error that the description does not list needs a message. */
export function answerProblem(operation: string, status: number, body: unknown): string | null {
  const { answers } = operationOf(operation);
  if (!(status in answers) && status < 300) return `status ${status} is not described`;
  if (status >= 300 || answers[status] === undefined || answers[status] === null) {
    return status >= 400 && typeof (body as { message?: unknown } | null)?.message !== 'string'
      ? 'an error without a message'
      : null;
  }
  const check = validator(`${pointerTo('operations', operation)}/answers/${status}`);
  return check(body) ? null : `answer${firstProblem(check.errors)}`;
}

/** What is wrong with a webhook's payload; null: nothing, or GitHub's description was not cut for this event. */
export function payloadProblem(event: string, payload: { readonly action: string }): string | null {
  const name = `${event}-${payload.action}`.replaceAll('_', '-');
  if (!(name in subset.webhooks)) return null;
  const check = validator(pointerTo('webhooks', name));
  return check(payload) ? null : `payload${firstProblem(check.errors)}`;
}

/** @throws when the cut lacks the operation: a mistake in the stand-in itself */
function operationOf(operation: string): Operation {
  const found = subset.operations[operation];
  if (!found) throw new Error(`test/github/openapi/subset.json has no ${operation}: cut it again`);
  return found;
}

function pointerTo(group: string, name: string): string {
  return `/${group}/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`;
}

function firstProblem(errors: readonly ErrorObject[] | null | undefined): string {
  const error = errors?.[0];
  return error ? `${error.instancePath} ${error.message}` : ' is not allowed';
}

function isEmpty(body: unknown): boolean {
  return body !== null && typeof body === 'object' && Object.keys(body).length === 0;
}
