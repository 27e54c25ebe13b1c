import { baseUrlProblem, clientFieldErrors, normaliseBaseUrl } from './client-input.js';

describe('base URLs', () => {
  it.each([
    ['https://n8n.example.com', 'https://n8n.example.com'],
    ['https://n8n.example.com/', 'https://n8n.example.com'],
    [' https://N8N.example.com:443/api/v1/ ', 'https://n8n.example.com'],
    ['http://10.0.0.5:5678/n8n/api/v1', 'http://10.0.0.5:5678/n8n'],
    ['http://[::1]:5678/a/b//', 'http://[::1]:5678/a/b'],
  ])('%s is stored as %s', (given, stored) => {
    expect(baseUrlProblem(given)).toBeNull();
    expect(normaliseBaseUrl(given)).toBe(stored);
    expect(normaliseBaseUrl(stored)).toBe(stored);
  });

  it.each([
    'n8n.example.com',
    'ftp://n8n.example.com',
    'javascript:alert(1)',
    'https://user:secret@n8n.example.com',
    'https://n8n.example.com/?x=1',
    'https://n8n.example.com/?',
    'https://n8n.example.com/#top',
    'http://',
    '',
    `https://n8n.example.com/${'x'.repeat(2_000)}`,
  ])('%s is refused', (given) => {
    expect(baseUrlProblem(given)).not.toBeNull();
  });
});

describe('clientFieldErrors', () => {
  it('names each bad field and looks only at what is given', () => {
    expect(clientFieldErrors({})).toEqual([]);
    expect(clientFieldErrors({ n8nBaseUrl: 'https://n8n.example.com', timezone: 'Europe/Berlin' })).toEqual([]);
    expect(clientFieldErrors({ n8nBaseUrl: 'x', timezone: 'Mars/Olympus' }).map(({ field }) => field)).toEqual([
      'n8n_base_url',
      'timezone',
    ]);
  });
});
