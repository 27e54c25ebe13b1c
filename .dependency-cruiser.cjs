// The borders of the rooms in src/: which folder may import which. Other folders see a room's index.ts only.
const rooms = {
  config: [],
  common: [],
  database: ['config'],
  cache: ['config'],
  jobs: ['config', 'common', 'database'],
  auth: ['config', 'common', 'database'],
  clients: ['common', 'config', 'database'],
  'n8n-client': ['common', 'config'],
  'production-filter': ['common', 'database'],
  collector: ['n8n-client', 'production-filter', 'clients', 'common', 'config', 'database'],
  aggregator: ['collector', 'clients', 'common', 'config', 'database'],
  retention: ['collector', 'aggregator', 'clients', 'common', 'config', 'database'],
  metrics: ['aggregator', 'collector', 'clients', 'cache', 'auth', 'common', 'config', 'database'],
  scheduler: ['jobs', 'clients', 'collector', 'aggregator', 'retention', 'metrics', 'config', 'common'],
  admin: [
    'jobs',
    'scheduler',
    'production-filter',
    'collector',
    'aggregator',
    'retention',
    'metrics',
    'clients',
    'cache',
    'auth',
    'common',
  ],
  health: ['jobs', 'scheduler', 'collector', 'aggregator', 'n8n-client', 'auth', 'database', 'cache', 'common', 'config'],
};

const border = ([room, allowed]) => ({
  name: `border-${room}`,
  severity: 'error',
  comment: `${room} may import: ${allowed.join(', ') || 'nothing'}`,
  from: { path: `^src/${room}/` },
  to: { path: '^src/[^/]+/', pathNot: `^src/(${[room, ...allowed].join('|')})/` },
});

module.exports = {
  forbidden: [
    ...Object.entries(rooms).map(border),
    {
      name: 'face-only',
      severity: 'error',
      comment: "Other folders import a room's index.ts only.",
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'] },
    },
    {
      name: 'known-rooms',
      severity: 'error',
      comment: 'A new folder in src needs a row in the table above.',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${Object.keys(rooms).join('|')})/` },
      to: {},
    },
    {
      name: 'typeorm-in-its-places',
      severity: 'error',
      comment: 'typeorm only in entities, repositories, read models, src/database and migrations.',
      from: { path: '^src/', pathNot: ['\\.(entity|repository|read-model|module)\\.ts$', '^src/database/'] },
      to: { path: '^node_modules/typeorm/' },
    },
    {
      name: 'src-stands-alone',
      severity: 'error',
      comment: 'The service never imports the simulator, scripts or tests.',
      from: { path: '^src/' },
      to: { path: '^(simulator|scripts|test|bench)/' },
    },
    {
      name: 'simulator-stands-alone',
      severity: 'error',
      comment: 'The simulator shares no code with the service it is used to test.',
      from: { path: '^simulator/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(src|scripts|test|bench)/' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-undeclared', severity: 'error', from: {}, to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] } },
    { name: 'not-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    exclude: { path: '(^dist/)' },
  },
};
