import { refineSchema } from './schema-types.js';

describe('refineSchema', () => {
  it('makes counts and ids whole, and leaves measures their fractions', () => {
    const schema = {
      type: 'object',
      properties: {
        client_id: { type: 'number' },
        sync_interval_minutes: { type: 'number' },
        success_rate: { type: 'number' },
        avg_execution_time_seconds: { type: 'number' },
        minutes: { type: 'number' },
        nested: { type: 'object', properties: { rows: { type: 'number' } } },
      },
    };
    refineSchema('Some', schema);
    const types = Object.entries(schema.properties).map(([name, { type }]) => [name, type]);
    expect(Object.fromEntries(types)).toEqual({
      client_id: 'integer',
      sync_interval_minutes: 'integer',
      success_rate: 'number',
      avg_execution_time_seconds: 'number',
      minutes: 'number',
      nested: 'object',
    });
    expect(schema.properties.nested.properties.rows.type).toBe('integer');
  });

  it('tells days and instants by their example, instants without one by their name', () => {
    const schema = {
      properties: {
        start_date: { type: 'string', example: '2026-03-01' },
        from: { type: 'string', example: '2026-03-01T00:00:00.000Z' },
        revoked_at: { type: 'string' },
        slot: { type: 'string', example: '2026-03-01T10-15Z' },
      },
    };
    refineSchema('Some', schema);
    expect(schema.properties).toMatchObject({
      start_date: { format: 'date' },
      from: { format: 'date-time' },
      revoked_at: { format: 'date-time' },
    });
    expect(schema.properties.slot).not.toHaveProperty('format');
  });
});
