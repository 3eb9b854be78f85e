import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/**
 * Compares a text with the file that keeps it. A difference or a missing file fails; only a run with BELLOWS_UPDATE=1
 * writes, so that a changed golden is always seen to fail first.
 */
export function expectGolden(actual: string, at: URL): void {
  const path = fileURLToPath(at);
  if (process.env.BELLOWS_UPDATE === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
  }
  expect(existsSync(path), `${path} is missing; run npm run test:update and read what it wrote`).toBe(true);
  expect(actual).toBe(readFileSync(path, 'utf8'));
}
