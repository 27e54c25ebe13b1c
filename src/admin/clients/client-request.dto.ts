import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsInt, Max, Min } from 'class-validator';
import { FromQueryFlag } from '../../common/index.js';

/** Largest value of an `integer` in PostgreSQL. */
const MAX_ID = 2_147_483_647;

/** Path parameter of every operation on one client. */
export class ClientPathDto {
  /**
   * Id of the client.
   * @example 7
   */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_ID)
  id: number;
}

/** Path of what belongs to one workflow of a client. */
export class WorkflowPathDto extends ClientPathDto {
  /**
   * Our id of the workflow, `workflow_id` everywhere.
   * @example 17
   */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  workflow_id: number;
}

/** Query of the operations that store an address or a key. */
export class VerifyQueryDto {
  @ApiPropertyOptional({
    description: '`false` stores without trying the connection first.',
    type: Boolean,
    default: true,
    example: true,
  })
  @FromQueryFlag()
  @IsBoolean({ message: 'must be true or false' })
  verify = true;
}
