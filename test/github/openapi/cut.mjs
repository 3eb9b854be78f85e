/**
 * Cuts `subset.json` out of GitHub's OpenAPI description. Run by hand when an endpoint joins the stand-in:
 *
 *   npm pack @octokit/openapi && tar xzf octokit-openapi-*.tgz package/generated/api.github.com.json
 *   node test/github/openapi/cut.mjs package/generated/api.github.com.json
 *
 * The package is 404 MB unpacked, so it is no dependency. What is kept is JSON Schema as Ajv reads it: descriptions,
 * examples and `x-` keys are dropped and `nullable` becomes a type. The description is © GitHub, MIT licence.
 */

import { readFileSync, writeFileSync } from 'node:fs';

const operations = [
  'GET /app',
  'GET /app/installations',
  'GET /app/installations/{installation_id}',
  'POST /app/installations/{installation_id}/access_tokens',
  'GET /installation/repositories',
  'GET /rate_limit',
  'GET /repos/{owner}/{repo}',
  'GET /repos/{owner}/{repo}/installation',
  'GET /repos/{owner}/{repo}/branches/{branch}',
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}',
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations',
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
  'POST /repos/{owner}/{repo}/check-runs',
  'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
  'GET /repos/{owner}/{repo}/commits/{ref}',
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
  'GET /repos/{owner}/{repo}/compare/{basehead}',
  'GET /repos/{owner}/{repo}/contents/{path}',
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}',
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'GET /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'GET /repos/{owner}/{repo}/pulls',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
  'GET /repos/{owner}/{repo}/tarball/{ref}',
];

const webhooks = [
  'pull-request-opened',
  'pull-request-reopened',
  'pull-request-synchronize',
  'pull-request-ready-for-review',
  'pull-request-edited',
  'pull-request-closed',
];

const [path] = process.argv.slice(2);
if (!path) {
  console.error('Say where api.github.com.json is: node test/github/openapi/cut.mjs FILE');
  process.exit(1);
}
const full = JSON.parse(readFileSync(path, 'utf8'));

const wanted = new Set();
const queue = [];

const subset = {
  source: `GitHub's OpenAPI description, api.github.com ${full.info.version}, MIT licence. Cut by cut.mjs.`,
  operations: Object.fromEntries(operations.map((each) => [each, operation(each)])),
  webhooks: Object.fromEntries(webhooks.map((each) => [each, webhook(each)])),
  schemas: {},
};
for (let name = queue.pop(); name; name = queue.pop()) {
  subset.schemas[name] = schema(full.components.schemas[name]);
}

// GitHub answers null once the fork is deleted; its description does not say so.
for (const name of ['pull-request', 'pull-request-simple', 'webhook-pull-request-synchronize']) {
  const { properties } = subset.schemas[name].properties.pull_request ?? subset.schemas[name];
  const { head } = properties;
  head.properties.repo = { anyOf: [head.properties.repo, { type: 'null' }] };
}

const target = new URL('subset.json', import.meta.url);
const text = oneLineEach(subset);
writeFileSync(target, text);
console.log(`${target.pathname}: ${Math.round(text.length / 1024)} KB`);

function operation(name) {
  const [method, route] = name.split(' ');
  const { [method.toLowerCase()]: found, parameters: shared = [] } = full.paths[route] ?? {};
  if (!found) throw new Error(`GitHub's description has no ${name}`);
  const body = found.requestBody?.content?.['application/json']?.schema;
  return {
    parameters: [...shared, ...(found.parameters ?? [])].map(resolved).filter(isPathOrQuery).map(parameter),
    ...(body ? { body: schema(body), bodyRequired: found.requestBody.required === true } : {}),
    answers: Object.fromEntries(Object.entries(found.responses).map(([status, each]) => [status, answer(each)])),
  };
}

function webhook(name) {
  const body = full['x-webhooks'][name]?.post.requestBody.content['application/json'].schema;
  if (!body) throw new Error(`GitHub's description has no webhook ${name}`);
  return schema(body);
}

/** Null: an answer without a JSON body. */
function answer(response) {
  const body = resolved(response).content?.['application/json']?.schema;
  return body ? schema(body) : null;
}

function parameter({ name, in: place, required, schema: shape }) {
  return { name, in: place, required: required === true, schema: schema(shape) };
}

function isPathOrQuery(parameter) {
  return parameter.in === 'path' || parameter.in === 'query';
}

function resolved(value) {
  if (!value.$ref) return value;
  return value.$ref
    .slice(2)
    .split('/')
    .reduce((at, key) => at[key], full);
}

/** A schema without its prose. In `properties` the keys are names, so a property called `description` stays. */
function schema(value) {
  if (Array.isArray(value)) return value.map(schema);
  if (value === null || typeof value !== 'object') return value;
  if (value.$ref) return { $ref: reference(value.$ref) };

  const result = {};
  for (const [key, each] of Object.entries(value)) {
    if (isProse(key)) continue;
    result[key] = key === 'properties' ? named(each) : schema(each);
  }
  return nullable(result);
}

function named(properties) {
  return Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, schema(each)]));
}

function isProse(key) {
  return (
    [
      'description',
      'title',
      'example',
      'examples',
      'default',
      'deprecated',
      'externalDocs',
      'readOnly',
      'discriminator',
    ].includes(key) || key.startsWith('x-')
  );
}

function reference(pointer) {
  const name = pointer.replace('#/components/schemas/', '');
  if (name.includes('/')) throw new Error(`Not a schema: ${pointer}`);
  if (!wanted.has(name)) {
    wanted.add(name);
    queue.push(name);
  }
  return `#/schemas/${name}`;
}

/** OpenAPI 3.0 says `nullable`; JSON Schema has null among the types and among the values of an enum. */
function nullable({ nullable: isNullable, ...rest }) {
  if (!isNullable) return rest;
  if (rest.enum) rest.enum = [...new Set([...rest.enum, null])];
  if (typeof rest.type === 'string') return { ...rest, type: [rest.type, 'null'] };
  return { anyOf: [rest, { type: 'null' }] };
}

/** Every operation, webhook and schema on a line of its own, so that a new cut can be read as a diff. */
function oneLineEach({ source, ...groups }) {
  const written = Object.entries(groups).map(([group, members]) => {
    const lines = Object.keys(members)
      .sort()
      .map((name) => `    ${JSON.stringify(name)}: ${JSON.stringify(members[name])}`);
    return `  ${JSON.stringify(group)}: {\n${lines.join(',\n')}\n  }`;
  });
  return `{\n  "source": ${JSON.stringify(source)},\n${written.join(',\n')}\n}\n`;
}
