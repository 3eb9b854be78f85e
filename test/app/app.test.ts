import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { handlers } from '../../src/app.ts';

const manifest = parse(readFileSync(new URL('../../app.yml', import.meta.url), 'utf8')) as Record<string, unknown>;

describe('app.yml', () => {
  it('asks for the events that are handled, and no others', () => {
    expect(manifest.default_events).toEqual(handlers.map(({ event }) => event));
  });

  it('asks for the least', () => {
    expect(manifest.default_permissions).toEqual({
      checks: 'write',
      contents: 'read',
      metadata: 'read',
      pull_requests: 'write',
    });
    expect(manifest.public).toBe(false);
  });
});
