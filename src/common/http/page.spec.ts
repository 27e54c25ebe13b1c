import { z } from 'zod';
import { decodeCursor } from './cursor.js';
import { toPage } from './page.js';

describe('toPage', () => {
  const keyOf = (id: number): { id: number } => ({ id });

  it('keeps the extra row back and points behind the last one shown', () => {
    const page = toPage([1, 2, 3], 2, keyOf);
    expect(page.items).toEqual([1, 2]);
    expect(decodeCursor(page.nextCursor ?? '', z.object({ id: z.number() }))).toEqual({ id: 2 });
  });

  it('has no next page when the rows just fill it, or when there are none', () => {
    expect(toPage([1, 2], 2, keyOf)).toEqual({ items: [1, 2], nextCursor: null });
    expect(toPage([], 2, keyOf)).toEqual({ items: [], nextCursor: null });
  });
});
