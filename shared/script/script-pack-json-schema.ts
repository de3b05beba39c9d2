/**
 * The form of a script pack for editors, so that a file is checked and completed while it is written.
 * Published as `assets/scripts/script-pack.schema.json`; after a change: `npx vitest run shared/script -u`.
 */
import { z } from 'zod';
import { scriptPackSchema } from './script-pack.ts';

/** The JSON Schema as the text of its file. */
export function scriptPackJsonSchema(): string {
  return `${JSON.stringify({ title: 'Premura call script', ...z.toJSONSchema(scriptPackSchema) }, null, 2)}\n`;
}
