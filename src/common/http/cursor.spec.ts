import fc from 'fast-check';
import { z } from 'zod';
import { InvalidInputError } from '../errors.js';
import { decodeCursor, encodeCursor } from './cursor.js';

const key = z.object({ id: z.int32(), name: z.string().max(100) });

describe('cursors', () => {
  it('give back the key they were made of, and are fit for URLs', () => {
    fc.assert(
      fc.property(fc.record({ id: fc.integer(), name: fc.string({ maxLength: 100, unit: 'binary' }) }), (value) => {
        const cursor = encodeCursor(value);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(decodeCursor(cursor, key)).toEqual(value);
      }),
    );
  });

  it.each([
    ['is empty', ''],
    ['is no base64url', 'a b+/'],
    ['holds no JSON', Buffer.from('{"id":').toString('base64url')],
    ['belongs to another list', encodeCursor({ at: '2026-01-01' })],
    ['holds a number too large for the column', encodeCursor({ id: 2 ** 40, name: 'x' })],
    ['is endless', 'a'.repeat(100_000)],
  ])('refuse a text that %s', (_, cursor) => {
    try {
      decodeCursor(cursor, key);
    } catch (error) {
      expect(error).toMatchObject({ code: 'invalid_cursor', status: 400, errors: [{ field: 'cursor' }] });
    }
    expect(() => decodeCursor(cursor, key)).toThrow(InvalidInputError);
  });
});
