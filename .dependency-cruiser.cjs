/**
 * The layers. Imports of types count: a layer does not know the shape of one above it either.
 * Tests may take the helpers of tests/, and where a rule says so may reach across.
 */
const test = '\\.test\\.tsx?$';
const npm = (name) => `(^|/)node_modules/${name}(/|$)|^${name}$`;
const betterSqlite = `${npm('better-sqlite3')}|${npm('@types/better-sqlite3')}|${npm('better-sqlite3-multiple-ciphers')}`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'shared-imports-nothing-above',
      comment: 'shared/ is the ground: pure TypeScript that every layer may use.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(electron|hub|renderer|scripts)/' },
    },
    {
      name: 'tests-are-imported-by-tests',
      severity: 'error',
      from: { path: '^(shared|electron|hub|renderer|scripts)/', pathNot: test },
      to: { path: `^tests/|${test}` },
    },
    {
      name: 'shared-has-no-runtime',
      comment: 'shared/ runs in a page, in Node and in Electron: none of their modules.',
      severity: 'error',
      from: { path: '^shared/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'shared-has-no-electron',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: npm('electron') },
    },
    {
      name: 'renderer-stays-in-the-page',
      comment: 'The page asks the desk through renderer/bridge; it never imports it, nor the hub.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: `^(electron|hub|scripts)/|${npm('electron')}` },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^renderer/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'sqlite-only-in-stores',
      comment: 'One folder on each side knows how data is stored.',
      severity: 'error',
      from: { path: '^(shared|electron|renderer|hub)/', pathNot: `^(electron/desk|hub)/store/|${test}` },
      to: { path: betterSqlite },
    },
    {
      name: 'desk-and-hub-without-electron',
      comment: 'Both run under plain Node too: tests, crash rigs, servers.',
      severity: 'error',
      from: { path: '^(electron/desk|hub)/' },
      to: { path: npm('electron') },
    },
    {
      name: 'desk-apart-from-main',
      severity: 'error',
      from: { path: '^electron/desk/', pathNot: test },
      to: { path: '^(electron/(main|preload)|hub|renderer|scripts)/' },
    },
    {
      name: 'hub-apart-from-the-app',
      severity: 'error',
      from: { path: '^hub/', pathNot: test },
      to: { path: '^(electron|renderer|scripts)/' },
    },
    {
      name: 'main-holds-no-data',
      comment: 'Main and the preload know the desk and the hub as processes only.',
      severity: 'error',
      from: { path: '^electron/(main|preload)/', pathNot: test },
      to: { path: '^(electron/desk|hub|renderer|scripts)/' },
    },
    {
      name: 'no-cycles',
      comment: 'A cycle of types alone vanishes in the build; one of values is an order of loading waiting to break.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'declared-packages-only',
      comment: 'What is imported stands in package.json, or an update of another package may take it away.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist)/' },
    tsPreCompilationDeps: true,
    skipAnalysisNotInRules: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json'],
    },
  },
};
