import { expect, it } from 'vitest';

import { seconds } from '../../src/hazards/words.ts';

it('tells a range of seconds only where there is one', () => {
  expect(seconds([1, 1])).toBe('about 1 s');
  expect(seconds([4, 17])).toBe('4 to 17 s');
});
