import { BoundedMap } from './bounded-map.js';

describe('BoundedMap', () => {
  it('forgets the least recently used entry when it holds too many', () => {
    const map = new BoundedMap({ entries: 2, characters: 100 });
    map.set('a', '1').set('b', '2');
    map.get('a');
    map.set('c', '3');
    expect([...map.keys()]).toEqual(['a', 'c']);
  });

  it('stays within its characters, also when values are replaced', () => {
    const map = new BoundedMap({ entries: 100, characters: 10 });
    map.set('a', '1234').set('a', '12').set('b', '123456');
    expect([...map.keys()]).toEqual(['a', 'b']);
    map.set('c', '1');
    expect([...map.keys()]).toEqual(['b', 'c']);
  });

  it('does not keep a value larger than itself, nor what it replaces', () => {
    const map = new BoundedMap({ entries: 100, characters: 10 });
    map.set('a', '1').set('b', '2');
    map.set('a', 'x'.repeat(20));
    expect([...map.entries()]).toEqual([['b', '2']]);
  });

  it('counts from zero again after clear', () => {
    const map = new BoundedMap({ entries: 100, characters: 4 });
    map.set('a', '123');
    map.clear();
    map.set('b', '123');
    expect(map.get('b')).toBe('123');
  });
});
