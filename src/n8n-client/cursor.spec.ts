import { cursorAfter, cursorAt, limitIn, withLimit } from './cursor.js';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

describe('cursors', () => {
  it("are n8n's own", () => {
    expect(cursorAfter('27', 2)).toBe('eyJsYXN0SWQiOiIyNyIsImxpbWl0IjoyfQ==');
  });

  it('lead to an id itself, also beyond what a number holds, where ids are numbers', () => {
    expect(cursorAt('99999999999999999999', 1)).toBe(cursorAfter('100000000000000000000', 1));
    expect(cursorAt('0198c1de-7b1e-7000-8000-000000000001', 1)).toBeNull();
  });

  it('say how large their pages are', () => {
    expect(limitIn(cursorAfter('27', 40))).toBe(40);
    expect(limitIn(encode({ limit: 7, offset: 14 }))).toBe(7);
  });

  it.each(['', 'nonsense', encode(null), encode([]), encode({ lastId: '1' }), encode({ limit: -1 }), encode({ limit: '5' })])(
    'of another kind (%p) say nothing and stay as they are',
    (cursor) => {
      expect(limitIn(cursor)).toBeNull();
      expect(withLimit(cursor, 10)).toBe(cursor);
    },
  );

  it('keep their place with pages of another size', () => {
    expect(withLimit('eyJsaW1pdCI6Miwib2Zmc2V0IjoyfQ==', 30)).toBe(encode({ limit: 30, offset: 2 }));
  });

  it('keep odd keys as data', () => {
    const odd = Buffer.from('{"limit":2,"__proto__":{"limit":9}}').toString('base64');
    expect(limitIn(odd)).toBe(2);
    expect(({} as { limit?: number }).limit).toBeUndefined();
  });
});
