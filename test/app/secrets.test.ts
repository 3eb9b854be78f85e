import { describe, expect, it } from 'vitest';

import type { Faults } from '../github/faults.ts';
import type { GitHub } from '../github/index.ts';
import { environmentFor, runToEnd, until } from './serving.ts';
import { incident } from './shelf.ts';
import { stand } from './stand.ts';

const at = stand({ LOG_LEVEL: 'trace' });

const canary = 'K4N4RY';

/** Files, names and words of people, each with the canary in it. */
const marked = {
  ...incident,
  'app/models/canary.rb': `class Canary < ApplicationRecord\n  TOKEN = "${canary}"\n  def x = ${canary}(moderated_at\nend\n`,
  [`app/models/${canary}_model.rb`]: 'class Hidden\nend\n',
  'db/migrate/20260105000000_canary.rb': `class Canary < ActiveRecord::Migration[7.1]\n  def change\n    execute "${canary}"\n`,
  'config/database.yml': `production:\n  adapter: mysql2\n  password: ${canary}\n`,
};

type Fail = (faults: Faults) => void;

const answers =
  (method: string, path: RegExp, status: number, more: object = {}): Fail =>
  (faults) =>
    faults.answer(method, path, { status, times: 9, message: `${canary} ghs_${canary}`, ...more });

const errors = [{ type: 'FORBIDDEN', message: canary, path: [canary] }];

const failures: Readonly<Record<string, Fail>> = {
  // First: later the token is there.
  'no token': answers('POST', /access_tokens/, 401),
  'no failure': () => {},
  'a comparison that fails': answers('GET', /compare/, 404),
  'GraphQL that answers with errors': answers('POST', /graphql/, 200, { body: { data: { repository: null }, errors } }),
  'a page in place of an answer': answers('POST', /graphql/, 200, { raw: `<html>${canary}</html>` }),
  'an archive that is none': answers('GET', /codeload/, 200, { raw: canary }),
  'an archive that redirects': answers('GET', /tarball/, 302, { headers: { location: `ftp://${canary}/` } }),
  'a comment that is refused': answers('POST', /issues/, 422),
  'a check that is refused': answers('POST', /check-runs/, 422),
};

/** What a log must never hold. */
function secretsOf(github: GitHub): readonly (string | RegExp)[] {
  const key = github.app.privateKey.split('\n').slice(1, -2);
  const { webhookSecret } = github.app;
  return [canary, webhookSecret, /ghs_|sha256=|Bearer |token [a-z]|moderated_at/i, ...key];
}

describe('the log', () => {
  it.each(Object.entries(failures))('gives nothing away after %s', async (_, fail) => {
    const before = at.app.output().length;
    fail(at.github.faults);
    await at.open(marked, { title: canary, body: `<!-- ${canary} -->` });
    const written = () => at.app.output().slice(before);
    await until(() => /"msg":"(reviewed|no review|nothing could be published)"/.test(written()));
    for (const secret of secretsOf(at.github)) expect(written()).not.toMatch(secret);
  });

  it('gives nothing away where the app does not start', async () => {
    const { github } = at;
    const key = github.app.privateKey.replace(/[A-Z]/g, 'Q');
    for (const PRIVATE_KEY of [key, canary, `${key}${canary}`]) {
      const { status, output } = await runToEnd({ ...environmentFor(github), PRIVATE_KEY });
      expect(status).toBe(3);
      expect(output).not.toContain(canary);
      expect(output).not.toContain(key.split('\n')[1]);
      expect(output.trim().split('\n')).toHaveLength(1);
    }
  });
});
