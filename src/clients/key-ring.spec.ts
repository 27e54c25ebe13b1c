import { randomBytes } from 'node:crypto';
import { KeyRing } from './key-ring.js';
import { keyId, UnsealError } from './key-sealer.js';

const [first, second, third] = [randomBytes(32), randomBytes(32), randomBytes(32)] as const;

describe('a ring of keys', () => {
  it('seals with the current key and opens what any of its keys sealed', () => {
    const before = new KeyRing(first);
    const after = new KeyRing(second, [first]);
    const [old, young] = [before.seal('n8n key'), after.seal('n8n key')];
    expect([after.open(old), after.open(young)]).toEqual(['n8n key', 'n8n key']);
    expect([after.isCurrent(old), after.isCurrent(young)]).toEqual([false, true]);
    expect(() => before.open(young)).toThrow(UnsealError);
  });

  it('names the key that is missing', () => {
    const sealed = new KeyRing(third).seal('n8n key');
    expect(() => new KeyRing(second, [first]).open(sealed)).toThrow(
      new UnsealError(`sealed with another key (${keyId(third)}, this one is ${keyId(second)})`),
    );
  });
});
