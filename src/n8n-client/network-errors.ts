import { N8nError } from './n8n-error.js';

const REFUSED = new Set(['ECONNREFUSED']);
const DNS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);
const TIMEOUT = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const TLS =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_IN_CHAIN$|HOSTNAME_MISMATCH$|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$|EPROTO$)/;
const NOT_HTTP = /^(HPE_|UND_ERR_HEADERS_OVERFLOW$)/;
/** Errors wrap errors (happy eyeballs, undici); deeper than this nothing new is found. */
const MAX_DEPTH = 5;

/** Turns what went wrong below HTTP into the one error family. `label` is the instance's address, fit for messages. */
export function networkError(cause: unknown, label: string): N8nError {
  if (cause instanceof N8nError) return cause;
  const blocked = blockedAddress(cause);
  if (blocked !== null) {
    const text = `${label} leads to ${blocked}, which this service does not call. Use a public address; private ones need N8N_ALLOW_PRIVATE_NETWORKS, link-local and metadata ones are never called.`;
    return new N8nError('blocked_address', text, { cause });
  }
  const code = errorCode(cause) ?? 'unknown';
  if (DNS.has(code)) {
    const text = `The host name of ${label} cannot be resolved (${code}). Check its spelling and the DNS.`;
    return new N8nError('dns', text, { cause, retryable: code === 'EAI_AGAIN' });
  }
  if (REFUSED.has(code))
    return new N8nError('refused', `${label} refuses connections. Check the port and that n8n is running.`, { cause });
  if (TIMEOUT.has(code))
    return new N8nError('timeout', `${label} did not answer in time. Check the address and any firewall.`, { cause });
  if (TLS.test(code)) {
    const text = `No trusted TLS connection to ${label} (${code}). Check the certificate and that the port speaks HTTPS.`;
    return new N8nError('tls', text, { cause });
  }
  if (NOT_HTTP.test(code))
    return new N8nError('not_n8n', `${label} does not answer with HTTP (${code}). Check the address and port.`, { cause });
  return new N8nError('network', `The connection to ${label} failed (${code}).`, { cause });
}

/** The code of an error or of the first one inside it that has one; property reads only, for core errors cross realms. */
function errorCode(error: unknown, depth = 0): string | null {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return null;
  const inner = innerErrors(error);
  const own = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (own !== null && own !== 'UND_ERR_SOCKET') return own;
  return inner.map((each) => errorCode(each, depth + 1)).find((code) => code !== null) ?? own;
}

function blockedAddress(error: unknown, depth = 0): string | null {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return null;
  if ('name' in error && error.name === 'BlockedAddressError' && 'address' in error) return String(error.address);
  return (
    innerErrors(error)
      .map((each) => blockedAddress(each, depth + 1))
      .find((address) => address !== null) ?? null
  );
}

function innerErrors(error: object): unknown[] {
  const list: unknown[] = 'errors' in error && Array.isArray(error.errors) ? [...(error.errors as unknown[])] : [];
  return 'cause' in error ? [...list, error.cause] : list;
}
