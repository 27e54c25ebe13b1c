import { nestsDeeperThan } from './json-depth.js';

describe('nestsDeeperThan', () => {
  it.each([
    ['{}', 1, false],
    ['{"a":[1,{"b":2}]}', 3, false],
    ['{"a":[1,{"b":2}]}', 2, true],
    ['[[],[],[],[[]]]', 3, false],
    ['{"a":"[[[[[[\\"[[[[","b":"\\\\"}', 1, false],
    ['"\\\\"[[[', 2, true],
    ['{"a":', 1, false],
    ['['.repeat(33), 32, true],
  ])('%s beyond %i levels: %s', (json, limit, expected) => {
    expect(nestsDeeperThan(json, limit)).toBe(expected);
  });
});
