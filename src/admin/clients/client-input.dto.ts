import {
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  type ValidationArguments,
} from 'class-validator';
import { baseUrlProblem } from '../../clients/index.js';
import { IsIanaZone, IsPlainText, MayBeAbsent, Trimmed } from '../../common/index.js';

const MAX_INTERVAL_MINUTES = 1_440;
const MAX_REQUESTS_PER_MINUTE = 60_000;
/** A key travels in a header. */
const HEADER_SAFE = /^[\x21-\x7e]+$/;

const IsBaseUrl = (): PropertyDecorator =>
  ValidateBy({
    name: 'isBaseUrl',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && baseUrlProblem(value) === null,
      defaultMessage: (args?: ValidationArguments) =>
        typeof args?.value === 'string' ? (baseUrlProblem(args.value) ?? '') : 'must be a text',
    },
  });

/** Settings that a new client may leave out and a change may leave as they are. */
class ClientSettingsDto {
  /**
   * IANA time zone of days, weeks and months. UTC when left out at creation.
   * @example 'Europe/Berlin'
   */
  @MayBeAbsent()
  @IsIanaZone()
  timezone?: string;

  /**
   * First day of the week: 0 = Sunday .. 6 = Saturday. 1 (Monday) when left out at creation.
   * @example 1
   */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(6)
  week_starts_on?: number;

  /**
   * Whether the instance is collected. What is stored stays readable when it is not.
   * @example true
   */
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;

  /**
   * Minutes between two collections; `null` or left out at creation: `METRICS_SYNC_INTERVAL_MINUTES`.
   * @example 15
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_INTERVAL_MINUTES)
  sync_interval_minutes?: number | null;

  /**
   * Sustained requests a minute to this instance; `null` or left out at creation: `N8N_REQUESTS_PER_MINUTE`.
   * @example 120
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_REQUESTS_PER_MINUTE)
  requests_per_minute?: number | null;
}

/** A new client. */
export class CreateClientDto extends ClientSettingsDto {
  /**
   * Unique among the clients.
   * @example 'Acme GmbH'
   */
  @Trimmed()
  @IsPlainText(1, 200)
  name: string;

  /**
   * Address of the n8n instance: http(s), a path prefix is fine, without credentials. A trailing `/api/v1` is taken off.
   * @example 'https://n8n.acme.example'
   */
  @Trimmed()
  @IsBaseUrl()
  n8n_base_url: string;

  /**
   * Key of n8n's public API with `execution:list`, `execution:read`, `workflow:list` and `workflow:read`. Stored encrypted,
   * never returned.
   * @example 'n8n_api_0123456789abcdef'
   */
  @Trimmed()
  @IsString()
  @Length(1, 4_000)
  @Matches(HEADER_SAFE, { message: 'must be printable ASCII without blanks' })
  n8n_api_key: string;
}

/** What to change; a field that is left out stays. */
export class UpdateClientDto extends ClientSettingsDto {
  /**
   * Unique among the clients.
   * @example 'Acme GmbH'
   */
  @MayBeAbsent()
  @Trimmed()
  @IsPlainText(1, 200)
  name?: string;

  /**
   * Address of the n8n instance; the connection is tried before it is stored.
   * @example 'https://n8n.acme.example'
   */
  @MayBeAbsent()
  @Trimmed()
  @IsBaseUrl()
  n8n_base_url?: string;

  /**
   * A new key of n8n's public API; the connection is tried before it is stored.
   * @example 'n8n_api_0123456789abcdef'
   */
  @MayBeAbsent()
  @Trimmed()
  @IsString()
  @Length(1, 4_000)
  @Matches(HEADER_SAFE, { message: 'must be printable ASCII without blanks' })
  n8n_api_key?: string;
}
