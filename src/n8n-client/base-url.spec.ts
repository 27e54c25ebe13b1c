import { parseBaseUrl, requestPath } from './base-url.js';
import { N8nError } from './n8n-error.js';

const thrown = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe('parseBaseUrl', () => {
  it.each([
    ['https://n8n.example.com', 'https://n8n.example.com', '/api/v1'],
    [' https://n8n.example.com/ ', 'https://n8n.example.com', '/api/v1'],
    ['http://host:5678/tools/n8n//', 'http://host:5678', '/tools/n8n/api/v1'],
    ['https://host/n8n/api/v1/', 'https://host', '/n8n/api/v1'],
    ['https://host/?x=1#y', 'https://host', '/api/v1'],
  ])('reads %p', (text, origin, apiPath) => {
    expect(parseBaseUrl(text)).toMatchObject({ origin, apiPath });
  });

  it.each(['', 'n8n.example.com', 'ftp://host', 'file:///etc/passwd', 'https://user:secret@host'])('refuses %p', (text) => {
    const error = thrown(() => parseBaseUrl(text));
    expect(error).toBeInstanceOf(N8nError);
    expect(error).toMatchObject({ code: 'bad_url', retryable: false });
    expect(String(error)).not.toContain('secret');
  });
});

describe('requestPath', () => {
  it('encodes the query and leaves out what is undefined', () => {
    const endpoint = parseBaseUrl('https://host/p');
    expect(requestPath(endpoint, 'executions', { cursor: 'a+b=', limit: 5, status: undefined })).toBe(
      '/p/api/v1/executions?cursor=a%2Bb%3D&limit=5',
    );
    expect(requestPath(endpoint, 'executions', {})).toBe('/p/api/v1/executions');
  });
});
