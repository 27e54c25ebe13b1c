import { etagOf, matchesEtag } from './etag.js';

describe('entity tags', () => {
  it('are strong, quoted, and the same for the same text only', () => {
    expect(etagOf('{}')).toMatch(/^"[\w-]{27}"$/);
    expect(etagOf('{"a":1}')).toBe(etagOf('{"a":1}'));
    expect(etagOf('{"a":1}')).not.toBe(etagOf('{"a":2}'));
  });

  it('match themselves in a list, behind W/, and by a star', () => {
    const etag = etagOf('{}');
    expect(matchesEtag(etag, etag)).toBe(true);
    expect(matchesEtag(`"x", W/${etag}`, etag)).toBe(true);
    expect(matchesEtag('*', etag)).toBe(true);
  });

  it('do not match others, nor a missing header', () => {
    expect(matchesEtag('"x"', etagOf('{}'))).toBe(false);
    expect(matchesEtag(undefined, etagOf('{}'))).toBe(false);
    expect(matchesEtag(etagOf('{}').replaceAll('"', ''), etagOf('{}'))).toBe(false);
  });
});
