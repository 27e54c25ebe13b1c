import { ClientLabels, MAX_CLIENT_SERIES } from './client-labels.js';

describe('the label client_id', () => {
  it('is bounded: later clients share one value, earlier ones keep theirs', () => {
    const labels = new ClientLabels();
    const values = Array.from({ length: 3 * MAX_CLIENT_SERIES }, (_, id) => labels.of(id + 1));
    expect(new Set(values).size).toBe(MAX_CLIENT_SERIES + 1);
    expect(values.slice(-1)).toEqual(['other']);
    expect(labels.of(1)).toBe('1');
    expect(labels.of(MAX_CLIENT_SERIES)).toBe(String(MAX_CLIENT_SERIES));
  });
});
