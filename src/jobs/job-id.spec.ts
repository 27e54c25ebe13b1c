import fc from 'fast-check';
import { jobIdOf } from './job-id.js';

const word = fc.stringMatching(/^[a-z]{1,8}(-[a-z]{1,8}){0,2}$/);
const slot = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/);
const client = fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined });

describe('a job id', () => {
  it('names job, client and slot', () => {
    expect(jobIdOf({ name: 'sync', clientId: 7 }, 'u1')).toBe('sync.7.u1');
    expect(jobIdOf({ name: 'aggregate-daily', slot: '2026-03-01' }, 'u1')).toBe('aggregate-daily.all.2026-03-01');
  });

  it('is one for one job only', () => {
    fc.assert(
      fc.property(word, client, slot, word, client, slot, (nameA, clientA, slotA, nameB, clientB, slotB) => {
        const same = nameA === nameB && clientA === clientB && slotA === slotB;
        const a = jobIdOf({ name: nameA, clientId: clientA, slot: slotA }, '-');
        const b = jobIdOf({ name: nameB, clientId: clientB, slot: slotB }, '-');
        expect(a === b).toBe(same);
      }),
    );
  });

  it('refuses parts that the queue or a URL would not take', () => {
    expect(() => jobIdOf({ name: 'Sync' }, 'u')).toThrow('not a job name');
    expect(() => jobIdOf({ name: 'sync', slot: '02:00' }, 'u')).toThrow('not a slot');
    expect(() => jobIdOf({ name: 'sync', slot: 'a.b' }, 'u')).toThrow('not a slot');
    expect(() => jobIdOf({ name: 'sync', clientId: 1.5 }, 'u')).toThrow('not a client');
  });
});
