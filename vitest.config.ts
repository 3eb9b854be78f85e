import { defineConfig } from 'vitest/config';

import { ClosingLine } from './test/closing-line.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: [['default', { summary: false }], new ClosingLine()],
  },
});
