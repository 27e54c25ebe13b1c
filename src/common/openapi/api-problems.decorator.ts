import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { PROBLEM_MEDIA_TYPE, ProblemDto } from '../http/index.js';
import { type OwnProblem, PROBLEM_MEANINGS, problemExample, type ProblemStatus } from './problem-examples.js';

/**
 * Documents which problem documents an operation may answer with. What every operation may answer (a bad key, a bad request,
 * a database that is away) the document says by itself.
 * @param problems a status, or a status with the code and the sentence that this operation gives
 */
export function ApiProblems(...problems: (ProblemStatus | [ProblemStatus, OwnProblem])[]): ClassDecorator & MethodDecorator {
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ...problems.map((problem) => {
      const [status, own] = typeof problem === 'number' ? [problem] : problem;
      return ApiResponse({
        status,
        description:
          own === undefined
            ? PROBLEM_MEANINGS[status].description
            : `${PROBLEM_MEANINGS[status].description} Here: \`${own.code}\`.`,
        content: {
          [PROBLEM_MEDIA_TYPE]: { schema: { $ref: getSchemaPath(ProblemDto) }, example: problemExample(status, own) },
        },
      });
    }),
  );
}
