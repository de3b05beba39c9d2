/** The words on the screen, from the app's own Italian locale, so that the tour never repeats them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectDirectory } from '../../scripts/project.ts';

const words: unknown = JSON.parse(readFileSync(join(projectDirectory, 'assets', 'locales', 'it.json'), 'utf8'));

/** The text of a key such as `outcomeForm.amount`. */
export function word(key: string): string {
  const found = key.split('.').reduce<unknown>((node, part) => z.record(z.string(), z.unknown()).parse(node)[part], words);
  return z.string({ error: `no words for ${key}` }).parse(found);
}

/** The same with what stands in it. */
export function told(key: string, values: Record<string, string>): string {
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{{${name}}}`, value), word(key));
}
