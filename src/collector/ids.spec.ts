import fc from 'fast-check';
import { areNeighbours, compareIds, countBetween, idsBetween, nextId } from './ids.js';

const ids = fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String);

describe('compareIds', () => {
  it('orders numbers of any length as numbers', () => {
    expect(['10', '9', '100', '9007199254740993', '9007199254740992'].sort(compareIds)).toEqual([
      '9',
      '10',
      '100',
      '9007199254740992',
      '9007199254740993',
    ]);
  });

  it('agrees with the numbers for every pair', () => {
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        const [x, y] = [BigInt(a), BigInt(b)];
        expect(Math.sign(compareIds(a, b))).toBe(x < y ? -1 : x > y ? 1 : 0);
      }),
    );
  });

  it('orders anything else as text', () => {
    const [older, newer] = ['018f3c1e-0000-7000-8000-000000000000', '018f3c1f-0000-7000-8000-000000000000'];
    expect(compareIds(older, newer)).toBeLessThan(0);
    expect(compareIds(newer, older)).toBeGreaterThan(0);
    expect(compareIds(newer, newer)).toBe(0);
  });
});

describe('idsBetween', () => {
  it('gives what lies strictly between, newest first', () => {
    expect(idsBetween('105', '101', 10)).toEqual(['104', '103', '102']);
    expect(idsBetween('1001', '998', 10)).toEqual(['1000', '999']);
  });

  it('gives nothing between neighbours, equals or ids in the wrong order', () => {
    expect([idsBetween('6', '5', 9), idsBetween('5', '5', 9), idsBetween('5', '8', 9)]).toEqual([[], [], []]);
  });

  it('gives the newest ones when there are too many, and none when there is no room', () => {
    expect(idsBetween('1000000000', '1', 2)).toEqual(['999999999', '999999998']);
    expect(idsBetween('10', '1', 0)).toEqual([]);
    expect(idsBetween('10', '1', -3)).toEqual([]);
  });

  it('knows nothing about ids that are no numbers', () => {
    expect([idsBetween('abc', '1', 9), idsBetween('9', 'abc', 9)]).toEqual([[], []]);
  });
});

describe('areNeighbours', () => {
  it('is true of numbers that follow each other, and of nothing else', () => {
    expect(areNeighbours('10', '9')).toBe(true);
    expect(areNeighbours('9', '10')).toBe(false);
    expect(areNeighbours('10', '8')).toBe(false);
    expect(areNeighbours('b', 'a')).toBe(false);
    expect(areNeighbours('9007199254740993', '9007199254740992')).toBe(false); // too long for a quick look: counted exactly instead
  });
});

describe('countBetween', () => {
  it('counts what idsBetween gives', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (a, b) => {
        const [newer, older] = [String(a), String(b)];
        expect(countBetween(newer, older)).toBe(idsBetween(newer, older, 1000).length);
      }),
    );
  });

  it('cannot count ids that are no numbers', () => {
    expect([countBetween('abc', '1'), countBetween('9', 'abc')]).toEqual([null, null]);
  });
});

describe('nextId', () => {
  it('is one above a number of any length', () => {
    expect(['9', '9007199254740992'].map(nextId)).toEqual(['10', '9007199254740993']);
  });

  it('does not exist for other ids', () => {
    expect(['', 'abc', '-1', '1.5'].map(nextId)).toEqual([null, null, null, null]);
  });
});
