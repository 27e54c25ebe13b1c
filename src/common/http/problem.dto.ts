import { ApiProperty } from '@nestjs/swagger';

/** One bad field. */
export class FieldProblemDto {
  @ApiProperty({
    description: 'Where it is: a field, a path such as `quiet_hours[0].from`, or a query parameter.',
    example: 'timezone',
  })
  field: string;

  @ApiProperty({ description: 'What would be right.', example: 'must be an IANA time zone such as Europe/Berlin' })
  message: string;
}

/** Every error, as RFC 9457 has it (`application/problem+json`). */
export class ProblemDto {
  @ApiProperty({ description: 'URI of the kind of problem.', example: 'urn:flowmastery:problem:invalid_request' })
  type: string;

  @ApiProperty({ description: 'Phrase of the HTTP status.', example: 'Bad Request' })
  title: string;

  @ApiProperty({ description: 'The HTTP status again.', example: 400, type: 'integer' })
  status: number;

  @ApiProperty({ description: 'What happened and what to do, for people.', example: 'Not valid: timezone.' })
  detail: string;

  @ApiProperty({ description: 'Stable code, for programs.', example: 'invalid_request' })
  code: string;

  @ApiProperty({ description: 'Each bad field; empty when no field is to blame.', type: [FieldProblemDto] })
  errors: FieldProblemDto[];

  @ApiProperty({
    description: 'Finds this request in the log; also in the `X-Request-Id` header.',
    example: '0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10',
  })
  request_id: string;

  @ApiProperty({ description: 'Path that was asked for.', example: '/api/v1/clients' })
  instance: string;
}
