import { arrayLiteral } from './array-literal.js';

describe('an array literal', () => {
  it('holds numbers, booleans and instants as they are', () => {
    expect(arrayLiteral([1, -2.5, true, false, null])).toBe('{1,-2.5,true,false,NULL}');
    expect(arrayLiteral([new Date('2026-03-20T12:06:33.130Z')])).toBe('{2026-03-20T12:06:33.130Z}');
    expect(arrayLiteral([])).toBe('{}');
  });

  it('quotes every text, so that none is taken for something else', () => {
    expect(arrayLiteral(['a', '', 'NULL', 'x,y', '{}', 'say "no"', 'c:\\temp'])).toBe(
      String.raw`{"a","","NULL","x,y","{}","say \"no\"","c:\\temp"}`,
    );
  });
});
