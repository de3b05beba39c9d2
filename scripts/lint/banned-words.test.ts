import { describe, expect, it } from 'vitest';
import { findInText } from './banned-words.ts';

/** Put in by name, so that this file itself stays clean. */
const folder = 'work';

describe('banned words', () => {
  it.each([
    ['hub/a.ts', '// eslint-disable-next-line no-empty'],
    ['hub/a.ts', '// @ts-expect-error later'],
    ['hub/a.test.ts', "it.skip('works', () => {})"],
    ['tests/e2e/a.test.ts', "describe.only('works', () => {})"],
    ['hub/a.ts', 'try { x(); } catch (error) {}'],
    ['docs/a.md', 'see /home/someone/project'],
    ['scripts/setup', `cd /${folder}/here`],
    ['package-lock.json', '      "resolved": "https://registry.example/x.tgz",'],
  ])('finds one in %s: %s', (file, line) => {
    expect(findInText(file, `fine\n${line}\n`)).toEqual([expect.stringMatching(/:2: /)]);
  });

  it.each([
    ['hub/a.ts', 'try { x(); } catch (error) { throw error; }'],
    ['docs/a.md', `it.skip is not used; home/${folder}/mobile; ~/${folder}/x; https://example.com/home/a`],
    ['shared/a.ts', "const kinds = ['home', 'work'];"],
  ])('leaves %s alone: %s', (file, line) => {
    expect(findInText(file, line)).toEqual([]);
  });
});
