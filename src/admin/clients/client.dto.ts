/** A client. Its n8n key is never returned. */
export class ClientDto {
  /**
   * Our id of the client: `client_id` everywhere else.
   * @example 7
   */
  id: number;

  /** @example 'Acme GmbH' */
  name: string;

  /** @example 'https://n8n.acme.example' */
  n8n_base_url: string;

  /**
   * IANA time zone of its days, weeks and months.
   * @example 'Europe/Berlin'
   */
  timezone: string;

  /**
   * 0 = Sunday .. 6 = Saturday.
   * @example 1
   */
  week_starts_on: number;

  /**
   * Whether the instance is collected.
   * @example true
   */
  enabled: boolean;

  /**
   * Minutes between two collections; the default of the service when the client has none of its own.
   * @example 15
   */
  sync_interval_minutes: number;

  /**
   * Sustained requests a minute to this instance; the default of the service when the client has none of its own.
   * @example 120
   */
  requests_per_minute: number;

  /**
   * Rises when zone or week start change; the figures are then recomputed in the background.
   * @example 1
   */
  config_version: number;

  /** @example '2026-03-01T09:30:00.000Z' */
  created_at: string;

  /** @example '2026-03-01T09:30:00.000Z' */
  updated_at: string;
}

/** One page of clients, by id. */
export class ClientPageDto {
  items: ClientDto[];

  /**
   * Give it as `cursor` to get the next page; `null` on the last one.
   * @example 'eyJpZCI6NTB9'
   */
  next_cursor: string | null;
}

/** What an n8n instance can do, found out by asking it. */
export class CapabilitiesDto {
  /**
   * The list of executions says their status (since n8n 1.98); without it every failure costs a request.
   * @example true
   */
  status_in_list: boolean;

  /**
   * Running executions can be listed.
   * @example true
   */
  running_list: boolean;

  /**
   * The list of waiting executions shows some that the list of all executions lacks.
   * @example false
   */
  waiting_list: boolean;

  /**
   * Executions can be listed from a date on.
   * @example true
   */
  started_after: boolean;

  /**
   * Largest page that n8n gives.
   * @example 250
   */
  max_limit: number;

  /**
   * n8n has its own insights.
   * @example true
   */
  insights: boolean;

  /**
   * Rows a page that the collection begins with; then pages grow and shrink with how fast the instance answers.
   * @example 250
   */
  page_size: number;

  /**
   * There was no execution to look at yet, so some of this is assumed and asked again later.
   * @example false
   */
  undetermined: boolean;
}

/** Outcome of a connection check that succeeded. */
export class ConnectionDto {
  capabilities: CapabilitiesDto;

  /**
   * When the n8n key expires; `null`: never, or it does not say.
   * @example '2027-01-01T00:00:00.000Z'
   */
  key_expires_at: string | null;

  /**
   * Newest execution that n8n lists; `null` when there is none.
   * @example '48213'
   */
  newest_execution_id: string | null;
}

/** A client that was stored, and what the connection check found. */
export class StoredClientDto extends ClientDto {
  /** `null`: the connection was not tried. */
  connection: ConnectionDto | null;
}

/** The connection of a client works. */
export class VerificationDto extends ConnectionDto {
  /** @example 7 */
  client_id: number;

  /** @example '2026-03-01T09:30:00.000Z' */
  checked_at: string;
}

/** The client is gone; the job erases its rows. */
export class ClientDeletionDto {
  /** @example 7 */
  client_id: number;

  /** @example 'erase-client.7.5f0c2a9e-6b1d-4f0e-8a63-2f4f8f0e7c11' */
  job_id: string;

  /**
   * Where to look whether the job is done.
   * @example '/api/v1/metrics/admin/jobs/erase-client.7.5f0c2a9e-6b1d-4f0e-8a63-2f4f8f0e7c11'
   */
  job_url: string;
}
