/** A client as the rest of the service sees it: without its n8n key, defaults filled in. */
export interface Client {
  id: number;
  name: string;
  /** Without a slash at the end. */
  n8nBaseUrl: string;
  /** IANA. */
  timezone: string;
  /** 0 = Sunday .. 6. */
  weekStartsOn: number;
  /** A disabled client is not collected; what is stored stays readable. */
  enabled: boolean;
  syncIntervalMinutes: number;
  requestsPerMinute: number;
  /** Raised when zone or week start change: rollups made under an older one are stale. */
  configVersion: number;
  createdAt: Date;
  updatedAt: Date;
}

/** What the n8n client needs to call a client's instance. Holds the n8n key in the clear: never log it. */
export interface ClientTarget {
  clientId: number;
  baseUrl: string;
  apiKey: string;
  requestsPerMinute: number;
}

/** `undefined`: the default of the configuration (interval, budget), UTC and Monday. */
export interface NewClient {
  name: string;
  n8nBaseUrl: string;
  n8nApiKey: string;
  timezone?: string;
  weekStartsOn?: number;
  enabled?: boolean;
  syncIntervalMinutes?: number | null;
  requestsPerMinute?: number | null;
}

/** `undefined` leaves a field as it is; `null` puts interval or budget back to the default. */
export type ClientChanges = Partial<NewClient>;
