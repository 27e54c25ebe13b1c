export { forgetOldest } from './forget-oldest.js';
export { BriefMemory } from './brief-memory.js';
export { sha256 } from './sha256.js';
export { Clock, SystemClock } from './clock.js';
export {
  ConflictError,
  type FieldError,
  ForbiddenError,
  InvalidInputError,
  NotFoundError,
  TooManyRequestsError,
  UnauthorizedError,
  UnavailableError,
  UnprocessableError,
} from './errors.js';
export {
  addDays,
  dayRange,
  daysBetween,
  type InstantRange,
  isLocalDay,
  isTimeZone,
  lastDayOf,
  type LocalDay,
  localDayOf,
  nextPeriodStart,
  periodStartOf,
  periodStarts,
  type PeriodType,
  periodTypes,
} from './time/index.js';
export { ClockModule } from './clock.module.js';
export {
  boundRequests,
  compressAnswers,
  createFastifyAdapter,
  decodeCursor,
  DEFAULT_PAGE_LIMIT,
  FromQueryFlag,
  HttpModule,
  invalidFields,
  IsCalendarDate,
  IsIanaZone,
  IsInstant,
  IsPlainText,
  limitUrls,
  MayBeAbsent,
  measureRequests,
  type Page,
  PageQueryDto,
  pathOf,
  type Plain,
  REQUEST_ID_HEADER,
  sendProblem,
  SERVICE_VERSION,
  toPage,
  toProblem,
  Trimmed,
  vary,
} from './http/index.js';
export { ApiProblems, openApiDocument, serveOpenApi } from './openapi/index.js';
export { AppLogger, createLogger, logRequests, tagRequests, withLogFields } from './logging/index.js';
export { ClientLabels, MAX_CLIENT_SERIES, TelemetryModule } from './telemetry/index.js';
