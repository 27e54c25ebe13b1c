import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { PROBLEM_MEDIA_TYPE } from './problem.filter.js';
import { ProblemDto } from './problem.dto.js';

const MEANINGS = {
  400: 'The request is not valid; `errors` names each bad field.',
  401: 'No key, or one that is unknown, expired or revoked: `missing_key`, `invalid_key`, `expired_key`, `revoked_key`.',
  403: 'The role of the key may not do this: `forbidden_role`.',
  404: 'There is no such thing, or the key may not see it.',
  409: 'It contradicts what is stored.',
  422: 'Well-formed, but it cannot be carried out; `code` says why.',
  429: 'Too many requests; `Retry-After` says when to come back.',
  503: 'A dependency does not answer right now; try again.',
} as const;

/** Documents which problem documents an operation may answer with. */
export function ApiProblems(...statuses: (keyof typeof MEANINGS)[]): ClassDecorator & MethodDecorator {
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: MEANINGS[status],
        content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: getSchemaPath(ProblemDto) } } },
      }),
    ),
  );
}
