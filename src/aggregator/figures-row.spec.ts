import { naturals } from './figures-row.js';

describe('naturals', () => {
  it.each([
    ['{}', []],
    ['{0}', [0]],
    ['{7,120,3}', [7, 120, 3]],
    ['{9007199254740991,1}', [Number.MAX_SAFE_INTEGER, 1]],
  ])('reads %s', (text, numbers) => {
    expect(naturals(text)).toEqual(numbers);
  });
});
