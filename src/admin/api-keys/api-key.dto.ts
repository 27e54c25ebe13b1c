import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsInstant, IsPlainText, Trimmed } from '../../common/index.js';

const MAX_ID = 2_147_483_647;

/** A new API key. */
export class CreateApiKeyDto {
  /**
   * What it is for; shown in lists and audit events.
   * @example 'Grafana at Acme'
   */
  @Trimmed()
  @IsPlainText(1, 200)
  name: string;

  /**
   * `admin` may do everything, `viewer` reads.
   * @example 'viewer'
   */
  @IsIn(['admin', 'viewer'])
  role: 'admin' | 'viewer';

  /**
   * Binds a viewer to one client; `null` or left out: all clients. Not for admins.
   * @example 7
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_ID)
  client_id?: number | null;

  /**
   * When it stops working, ISO 8601 in the future with an offset; `null` or left out: never.
   * @example '2027-01-01T00:00:00Z'
   */
  @IsOptional()
  @IsInstant()
  expires_at?: string | null;
}

/** Path parameter of the operations on one key. */
export class ApiKeyPathDto {
  /**
   * Id of the key.
   * @example 3
   */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_ID)
  id: number;
}

/** A key as it is stored: without the key itself. */
export class ApiKeyDto {
  /** @example 3 */
  id: number;

  /** @example 'Grafana at Acme' */
  name: string;

  /**
   * The characters after `fm_`: tells keys apart.
   * @example 'k7m2p9xw'
   */
  prefix: string;

  /** @example 'viewer' */
  role: 'admin' | 'viewer';

  /**
   * The one client that it may see; `null`: all.
   * @example 7
   */
  client_id: number | null;

  /** @example '2026-03-01T09:30:00.000Z' */
  created_at: string;

  /** @example '2027-01-01T00:00:00.000Z' */
  expires_at: string | null;

  /** @example null */
  revoked_at: string | null;

  /**
   * To the minute.
   * @example '2026-03-02T10:00:00.000Z'
   */
  last_used_at: string | null;
}

/** A new key, shown this once. */
export class NewApiKeyDto extends ApiKeyDto {
  /**
   * Keep it: only its hash is stored.
   * @example 'fm_k7m2p9xw_V0hBVCBBUkUgWU9VIExPT0tJTkcgRk9SIEhFUkU_xyz1234'
   */
  key: string;
}

/** One page of keys, by id; revoked and expired ones too. */
export class ApiKeyPageDto {
  items: ApiKeyDto[];

  /**
   * Give it as `cursor` to get the next page; `null` on the last one.
   * @example 'eyJpZCI6NTB9'
   */
  next_cursor: string | null;
}
