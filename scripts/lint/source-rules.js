/**
 * House rules that need no types, apart from the import layers (.dependency-cruiser.cjs).
 *
 * Invariant: one place reads the clock, one makes ids, one talks to the preload; everything
 * else gets them handed in, so that tests and the fault rig can hand in others. What the desk
 * computes goes by the rates that are published, never by those it was delivered with.
 */

const clock = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Only shared/time.ts reads the clock: take a Clock.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Only shared/time.ts reads the clock: take a Clock.',
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: 'Only shared/time.ts reads the clock: take a Clock.',
  },
  {
    selector: "MemberExpression[object.name='Now'][property.name=/^(instant|plain|zoned)/]",
    message: 'Only shared/time.ts reads the clock: take a Clock.',
  },
  {
    selector: "MemberExpression[object.property.name='Now'][property.name=/^(instant|plain|zoned)/]",
    message: 'Only shared/time.ts reads the clock: take a Clock.',
  },
];

const ids = [
  {
    selector: "MemberExpression[property.name='randomUUID'], ImportSpecifier[imported.name='randomUUID']",
    message: 'Only shared/id.ts makes ids: use newId.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Only shared/id.ts draws random values; where a seed is meant, take a generator.',
  },
  {
    selector: "ImportDeclaration[source.value='uuid']",
    message: 'Only shared/id.ts makes ids: use newId.',
  },
];

const bridge = [
  {
    selector: "MemberExpression[object.name=/^(window|globalThis|self)$/][property.name='premura']",
    message: 'Only renderer/bridge talks to the preload.',
  },
];

const rates = [
  {
    selector: "ImportSpecifier[imported.name='standardRates'], ImportDeclaration[source.value=/standard-rates/] > ImportNamespaceSpecifier, ExportSpecifier[local.name='standardRates']",
    message: 'The rates in force may be other ones: take readRates (electron/desk/store/house-rules.ts).',
  },
];

const waits = [
  {
    selector: "CallExpression[callee.property.name='waitForFunction'] > ArrowFunctionExpression[async=true]",
    message: 'Playwright does not wait for a promise here, and takes it for yes: ask again and again, as askUntil does.',
  },
];

const tests = ['**/*.test.ts', '**/*.test.tsx', 'tests/**'];
const code = ['**/*.{ts,tsx,js,cjs,mjs}'];

/** Flat configs that carry the rules; a later one replaces an earlier one whole. */
export const sourceRules = [
  { files: code, rules: { 'no-restricted-syntax': ['error', ...clock, ...ids, ...bridge] } },
  { files: ['shared/time.ts'], rules: { 'no-restricted-syntax': ['error', ...ids, ...bridge] } },
  { files: ['shared/id.ts'], rules: { 'no-restricted-syntax': ['error', ...clock, ...bridge] } },
  { files: ['renderer/bridge/**'], rules: { 'no-restricted-syntax': ['error', ...clock, ...ids] } },
  { files: ['electron/**'], rules: { 'no-restricted-syntax': ['error', ...clock, ...ids, ...bridge, ...rates] } },
  { files: tests, rules: { 'no-restricted-syntax': ['error', ...waits] } },
  {
    files: code,
    ignores: tests,
    rules: { 'max-lines': ['error', { max: 300 }] },
  },
];
