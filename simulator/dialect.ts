import { type Status } from './vocabulary.js';

export const versions = ['1.100', '2.4', '2.40'] as const;
export type SimulatedVersion = (typeof versions)[number];

/** What differs between the emulated releases; everything the API code branches on is named here. */
export interface Dialect {
  readonly version: SimulatedVersion;
  /** 1, 2 or 3: which of the recorded row and detail shapes apply. */
  readonly shape: 1 | 2 | 3;
  readonly listedStatuses: readonly Status[];
  readonly listHasStatus: boolean;
  readonly listsWaiting: boolean;
  readonly errorIncludesCrashed: boolean;
  /** Unknown parameters and limits over 250 are 400; later releases ignore the first and clamp the second. */
  readonly strictQueries: boolean;
  readonly dateFilters: boolean;
  readonly startedAtRewrittenOnResume: boolean;
  readonly knowsTimeSaved: boolean;
  readonly insights: boolean;
  readonly discover: boolean;
  readonly missingKey: string;
  readonly wrongKey: string;
}

const first: Dialect = {
  version: '1.100',
  shape: 1,
  listedStatuses: ['error', 'success', 'waiting'],
  listHasStatus: false,
  listsWaiting: false,
  errorIncludesCrashed: true,
  strictQueries: true,
  dateFilters: false,
  startedAtRewrittenOnResume: false,
  knowsTimeSaved: false,
  insights: false,
  discover: false,
  missingKey: "'X-N8N-API-KEY' header required",
  wrongKey: 'unauthorized',
};

const second: Dialect = {
  ...first,
  version: '2.4',
  shape: 2,
  listedStatuses: ['canceled', 'error', 'running', 'success', 'waiting'],
  listHasStatus: true,
  startedAtRewrittenOnResume: true,
  knowsTimeSaved: true,
};

const third: Dialect = {
  version: '2.40',
  shape: 3,
  listedStatuses: ['canceled', 'crashed', 'error', 'new', 'running', 'success', 'unknown', 'waiting'],
  listHasStatus: true,
  listsWaiting: true,
  errorIncludesCrashed: false,
  strictQueries: false,
  dateFilters: true,
  startedAtRewrittenOnResume: false,
  knowsTimeSaved: true,
  insights: true,
  discover: true,
  missingKey: 'Unauthorized',
  wrongKey: 'Unauthorized',
};

export const dialects: Readonly<Record<SimulatedVersion, Dialect>> = { '1.100': first, '2.4': second, '2.40': third };
