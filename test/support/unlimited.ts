/** Tests ask faster than people do, and with bad keys. */
export const UNLIMITED = { RATE_LIMIT_PER_MINUTE: '0', FAILED_AUTH_PER_MINUTE: '0' };
