import { lastSlot, nextRun, type Schedule, schedulesOf, slotOf } from './schedules.js';

const crons = (hour: number): Record<string, string> =>
  Object.fromEntries(schedulesOf(hour, 'UTC').map(({ name, cron }) => [name, cron]));

function schedule(name: string, zone: string, hour = 2): Schedule {
  const found = schedulesOf(hour, zone).find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

describe('the schedules', () => {
  it('are those of the documentation by default', () => {
    expect(crons(2)).toEqual({
      collect: '* * * * *',
      'aggregate-daily': '0 2 * * *',
      'aggregate-weekly': '0 3 * * 0',
      'aggregate-monthly': '0 4 1 * *',
      cleanup: '0 1 * * *',
    });
  });

  it('move with the hour and go on to the next day past midnight', () => {
    expect(crons(23)).toMatchObject({
      'aggregate-daily': '0 23 * * *',
      'aggregate-weekly': '0 0 * * 1',
      'aggregate-monthly': '0 1 2 * *',
      cleanup: '0 22 * * *',
    });
    expect(crons(22)).toMatchObject({ 'aggregate-weekly': '0 23 * * 0', 'aggregate-monthly': '0 0 2 * *' });
    expect(crons(0)).toMatchObject({ cleanup: '0 23 * * *', 'aggregate-weekly': '0 1 * * 0' });
  });

  it('fire in their zone', () => {
    const berlin = schedule('aggregate-daily', 'Europe/Berlin');
    expect(nextRun(berlin, new Date('2026-01-10T12:00:00Z')).toISOString()).toBe('2026-01-11T01:00:00.000Z');
    expect(nextRun(berlin, new Date('2026-07-10T12:00:00Z')).toISOString()).toBe('2026-07-11T00:00:00.000Z');
    const weekly = schedule('aggregate-weekly', 'America/New_York');
    expect(nextRun(weekly, new Date('2026-01-10T12:00:00Z')).toISOString()).toBe('2026-01-11T08:00:00.000Z');
  });
});

describe('the slot of a tick', () => {
  it('is the minute for the collection, whatever the milliseconds', () => {
    const collect = schedule('collect', 'Europe/Berlin');
    expect(slotOf(collect, new Date('2026-03-01T10:15:00.004Z'))).toBe('2026-03-01T10-15Z');
    expect(slotOf(collect, new Date('2026-03-01T10:14:59.998Z'))).toBe('2026-03-01T10-15Z');
  });

  it('is the minute that has begun, however late the tick comes, and the second where slots are short', () => {
    const collect = schedule('collect', 'UTC');
    expect(slotOf(collect, new Date('2026-03-01T10:15:55.000Z'))).toBe('2026-03-01T10-15Z');
    expect(slotOf({ ...collect, everySeconds: 2 }, new Date('2026-03-01T10:15:05.990Z'))).toBe('2026-03-01T10-15-06Z');
    expect(slotOf({ ...collect, everySeconds: 2 }, new Date('2026-03-01T10:15:07.850Z'))).toBe('2026-03-01T10-15-06Z');
  });

  it('is the local day for nightly ones', () => {
    const daily = schedule('aggregate-daily', 'Asia/Tokyo');
    expect(slotOf(daily, new Date('2026-03-01T17:00:00.010Z'))).toBe('2026-03-02');
    const midnight = schedule('aggregate-daily', 'UTC', 0);
    expect(slotOf(midnight, new Date('2026-03-01T23:59:59.999Z'))).toBe('2026-03-02');
  });

  it('is one for an hour that the clocks show twice', () => {
    const daily = schedule('aggregate-daily', 'Europe/Berlin');
    expect(slotOf(daily, new Date('2026-10-25T00:00:00Z'))).toBe(slotOf(daily, new Date('2026-10-25T01:00:00Z')));
  });
});

describe('the slot to catch up', () => {
  const now = new Date('2026-03-18T12:00:00Z'); // a Wednesday
  it.each([
    ['aggregate-daily', '2026-03-18'],
    ['aggregate-weekly', '2026-03-15'],
    ['aggregate-monthly', '2026-03-01'],
    ['cleanup', '2026-03-18'],
  ])('of %s is %s', (name, slot) => {
    expect(lastSlot(schedule(name, 'UTC'), now)).toBe(slot);
  });

  it('is none for the collection', () => {
    expect(lastSlot(schedule('collect', 'UTC'), now)).toBeNull();
  });

  it('is the one before until the hour has come', () => {
    const daily = schedule('aggregate-daily', 'UTC');
    expect(lastSlot(daily, new Date('2026-03-18T02:00:00Z'))).toBe('2026-03-18');
    expect(lastSlot(daily, new Date('2026-03-18T01:59:59Z'))).toBe('2026-03-17');
    const monthly = schedule('aggregate-monthly', 'UTC', 23); // on the 2nd at 01:00
    expect(lastSlot(monthly, new Date('2026-03-02T00:59:59Z'))).toBe('2026-02-02');
    expect(lastSlot(monthly, new Date('2026-03-02T01:00:00Z'))).toBe('2026-03-02');
  });

  it.each([
    ['Europe/Berlin', '2026-03-28T12:00:00Z'],
    ['Europe/Berlin', '2026-10-24T12:00:00Z'],
    ['America/New_York', '2026-03-07T12:00:00Z'],
    ['America/New_York', '2026-10-31T12:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T12:00:00Z'],
  ])('is that of the tick on a day when the clocks change (%s, %s)', (zone, from) => {
    const daily = schedule('aggregate-daily', zone);
    const tick = nextRun(daily, new Date(from));
    // The cron library may fire an hour early on such a day, and again at the hour: it is one slot, so it is one job.
    expect(lastSlot(daily, new Date(tick.getTime() + 2 * 3_600_000))).toBe(slotOf(daily, tick));
    expect(lastSlot(daily, new Date(tick.getTime() - 2 * 3_600_000))).not.toBe(slotOf(daily, tick));
    expect(slotOf(daily, nextRun(daily, tick)) >= slotOf(daily, tick)).toBe(true);
  });
});
