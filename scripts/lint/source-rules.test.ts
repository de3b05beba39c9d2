import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { sourceRules } from './source-rules.js';

/** The rules that a file breaks, by the real configs. */
function brokenRules(file: string, text: string): (string | null)[] {
  const linter = new Linter();
  const parser = { files: ['**/*.{ts,tsx}'], languageOptions: { parser: tseslint.parser as Linter.Parser } };
  return linter.verify(text, [parser, ...sourceRules], { filename: file }).map((message) => message.ruleId);
}

describe('source rules', () => {
  it.each([
    ['hub/a.ts', 'export const at = Date.now();'],
    ['shared/case/a.ts', 'export const at = new Date();'],
    ['shared/id.ts', 'export const at = Date.now();'],
    ['hub/a.ts', 'export const at = Temporal.Now.instant();'],
    ['hub/a.ts', 'export const id = crypto.randomUUID();'],
    ['hub/a.ts', "import { randomUUID } from 'node:crypto'; export const id = randomUUID();"],
    ['hub/a.ts', "import { v7 } from 'uuid'; export const id = v7();"],
    ['shared/time.ts', 'export const chance = Math.random();'],
    ['renderer/features/a.tsx', 'export const desk = window.premura;'],
    ['renderer/app/a.ts', 'export const desk = globalThis.premura;'],
    ['electron/desk/queries/a.ts', "import { standardRates } from '../../../shared/interest/standard-rates.ts'; export const rates = standardRates;"],
    ['electron/desk/queries/a.ts', "import { standardRates as known } from '../../../shared/interest/standard-rates.ts'; export const rates = known;"],
    ['electron/desk/queries/a.ts', "import * as all from '../../../shared/interest/standard-rates.ts'; export const rates = all;"],
    ['electron/desk/queries/a.ts', "export { standardRates } from '../../../shared/interest/standard-rates.ts';"],
    ['electron/desk/queries/a.ts', 'export const at = Date.now();'],
    ['tests/e2e/a.test.ts', 'await page.waitForFunction(async () => (await ask()).length > 0);'],
  ])('refuses in %s: %s', (file, text) => {
    expect(brokenRules(file, text)).toEqual(['no-restricted-syntax']);
  });

  it.each([
    ['shared/time.ts', 'export const at = Date.now();'],
    ['shared/id.ts', "import { v7 } from 'uuid'; export const id = v7();"],
    ['renderer/bridge/a.ts', 'export const desk = window.premura;'],
    ['hub/a.ts', 'export const at = new Date(0);'],
    ['electron/desk/store/a.ts', "import { ratesInForce } from '../../../shared/interest/standard-rates.ts'; export const rates = ratesInForce([]);"],
    ['renderer/features/conduct/a.tsx', "import { standardRates } from '../../../shared/interest/standard-rates.ts'; export const rates = standardRates;"],
    ['hub/a.test.ts', 'export const at = Date.now();'],
    ['tests/e2e/a.test.ts', 'await page.waitForFunction((before) => document.title !== before, title);'],
    ['tests/e2e/a.ts', 'export const id = Math.random();'],
  ])('allows in %s: %s', (file, text) => {
    expect(brokenRules(file, text)).toEqual([]);
  });

  it('refuses a file of more than 300 lines, unless it is a test', () => {
    const text = 'export {};\n'.repeat(301);
    expect(brokenRules('hub/a.ts', text)).toEqual(['max-lines']);
    expect(brokenRules('hub/a.test.ts', text)).toEqual([]);
  });
});
