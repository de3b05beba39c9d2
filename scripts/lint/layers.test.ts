/**
 * Each layer rule must fail on a sample that breaks it: a rule that matches nothing looks green.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { cruise } from 'dependency-cruiser';
import type { IConfiguration, ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectDirectory } from '../project.ts';

const configuration = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as IConfiguration;

/** rule → importing file → what it imports */
const violations: [string, string, string][] = [
  ['shared-imports-nothing-above', 'shared/bad-hub.ts', '../hub/target.ts'],
  ['shared-imports-nothing-above', 'shared/bad-desk.ts', '../electron/desk/target.ts'],
  ['tests-are-imported-by-tests', 'shared/bad-tests.ts', '../tests/target.ts'],
  ['tests-are-imported-by-tests', 'hub/bad-test.ts', './good.test.ts'],
  ['shared-has-no-runtime', 'shared/bad-node.ts', 'node:fs'],
  ['shared-has-no-electron', 'shared/bad-electron.ts', 'electron'],
  ['renderer-stays-in-the-page', 'renderer/bad-desk.ts', '../electron/desk/target.ts'],
  ['renderer-stays-in-the-page', 'renderer/bad-preload.ts', '../electron/preload/target.ts'],
  ['renderer-stays-in-the-page', 'renderer/bad-hub.ts', '../hub/target.ts'],
  ['renderer-stays-in-the-page', 'renderer/bad-electron.ts', 'electron'],
  ['renderer-has-no-node', 'renderer/bad-node.ts', 'node:path'],
  ['sqlite-only-in-stores', 'electron/desk/commands/bad-sqlite.ts', 'better-sqlite3'],
  ['sqlite-only-in-stores', 'hub/bad-sqlite.ts', 'better-sqlite3'],
  ['sqlite-only-in-stores', 'electron/main/bad-sqlite.ts', 'better-sqlite3'],
  ['desk-and-hub-without-electron', 'electron/desk/bad-electron.ts', 'electron'],
  ['desk-and-hub-without-electron', 'hub/bad-electron.ts', 'electron'],
  ['desk-apart-from-main', 'electron/desk/bad-main.ts', '../main/target.ts'],
  ['desk-apart-from-main', 'electron/desk/bad-hub.ts', '../../hub/target.ts'],
  ['hub-apart-from-the-app', 'hub/bad-desk.ts', '../electron/desk/target.ts'],
  ['main-holds-no-data', 'electron/main/bad-desk.ts', '../desk/target.ts'],
  ['main-holds-no-data', 'electron/preload/bad-hub.ts', '../../hub/target.ts'],
  ['declared-packages-only', 'hub/bad-package.ts', 'pino'],
  ['resolvable', 'hub/bad-path.ts', './nowhere.ts'],
  ['no-cycles', 'hub/cycle-one.ts', './cycle-two.ts'],
];

const allowed: [string, string][] = [
  ['electron/desk/store/good.ts', 'better-sqlite3'],
  ['hub/store/good.ts', 'better-sqlite3'],
  ['electron/main/good.ts', 'electron'],
  ['electron/desk/good.ts', '../../shared/target.ts'],
  ['renderer/good.ts', '../shared/target.ts'],
  ['hub/good.ts', 'node:fs'],
  ['hub/good.test.ts', '../tests/target.ts'],
  ['shared/good.test.ts', '../tests/target.ts'],
];

const targets = ['shared', 'hub', 'electron/desk', 'electron/main', 'electron/preload', 'tests'];

describe('layer rules', () => {
  let sample: string;
  let result: ICruiseResult;

  beforeAll(async () => {
    sample = mkdtempSync(path.join(os.tmpdir(), 'premura-layers-'));
    write(sample, 'package.json', readFileSync(path.join(projectDirectory, 'package.json'), 'utf8'));
    symlinkSync(path.join(projectDirectory, 'node_modules'), path.join(sample, 'node_modules'));
    for (const folder of targets) write(sample, `${folder}/target.ts`, 'export const target = 1;\n');
    for (const [, file, imported] of violations) write(sample, file, importOf(imported));
    for (const [file, imported] of allowed) write(sample, file, importOf(imported));
    write(sample, 'hub/cycle-two.ts', importOf('./cycle-one.ts'));
    const report = await cruise(['shared', 'electron', 'renderer', 'hub', 'tests'], {
      ...configuration.options,
      validate: true,
      ruleSet: { forbidden: configuration.forbidden ?? [] },
      baseDir: sample,
    });
    if (typeof report.output === 'string') throw new Error('dependency-cruiser answered with text.');
    result = report.output;
  });

  afterAll(() => {
    rmSync(sample, { recursive: true, force: true });
  });

  it.each(violations)('%s fails on %s importing %s', (rule, file) => {
    expect(rulesBrokenBy(result, file)).toContain(rule);
  });

  it.each(allowed)('%s may import %s', (file) => {
    expect(rulesBrokenBy(result, file)).toEqual([]);
  });

  it('has a sample for every rule', () => {
    const sampled = new Set(violations.map(([rule]) => rule));
    expect((configuration.forbidden ?? []).map((rule) => rule.name).filter((name) => !sampled.has(name ?? ''))).toEqual([]);
  });
});

function rulesBrokenBy(result: ICruiseResult, file: string): string[] {
  return result.summary.violations
    .filter((violation) => violation.from === file)
    .map((violation) => violation.rule.name);
}

function importOf(specifier: string): string {
  return `import * as imported from '${specifier}';\nexport const used = imported;\n`;
}

function write(root: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}
