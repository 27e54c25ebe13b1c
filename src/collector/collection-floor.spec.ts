import { collectionFloor } from './collection-floor.js';

const EPOCH = new Date(0);
const floor = (now: string, days: number, zone: string, rawFloor = EPOCH): string =>
  collectionFloor(new Date(now), days, rawFloor, zone).toISOString();

describe('collectionFloor', () => {
  it('is the start of the first local day that lies wholly within the retention', () => {
    expect(floor('2026-03-18T12:00:00Z', 10, 'UTC')).toBe('2026-03-09T00:00:00.000Z');
    expect(floor('2026-03-18T12:00:00Z', 10, 'Asia/Kathmandu')).toBe('2026-03-08T18:15:00.000Z');
    expect(floor('2026-01-18T12:00:00Z', 10, 'America/New_York')).toBe('2026-01-09T05:00:00.000Z');
  });

  it('is the limit itself when a local day begins right there', () => {
    expect(floor('2026-03-18T00:00:00Z', 10, 'UTC')).toBe('2026-03-08T00:00:00.000Z');
    expect(floor('2026-03-18T00:00:00.001Z', 10, 'UTC')).toBe('2026-03-09T00:00:00.000Z');
    expect(floor('2026-01-18T05:00:00Z', 10, 'America/New_York')).toBe('2026-01-08T05:00:00.000Z');
  });

  it('respects the raw floor when that is higher', () => {
    const monday = new Date('2026-03-16T00:00:00Z');
    expect(floor('2026-03-18T12:00:00Z', 10, 'UTC', monday)).toBe('2026-03-16T00:00:00.000Z');
    expect(floor('2026-03-18T12:00:00Z', 10, 'America/New_York', monday)).toBe('2026-03-16T04:00:00.000Z');
    expect(floor('2026-03-18T12:00:00Z', 1, 'UTC', monday)).toBe('2026-03-18T00:00:00.000Z');
  });

  it('knows days that are longer or shorter than 24 hours', () => {
    // Clocks went forward in New York on 2026-03-08.
    expect(floor('2026-03-18T05:00:00Z', 10, 'America/New_York')).toBe('2026-03-08T05:00:00.000Z');
    expect(floor('2026-03-18T05:00:01Z', 10, 'America/New_York')).toBe('2026-03-09T04:00:00.000Z');
    // In Beirut 2026-03-29 begins at 01:00, because midnight is left out.
    expect(floor('2026-04-07T21:30:00Z', 10, 'Asia/Beirut')).toBe('2026-03-28T22:00:00.000Z');
  });
});
