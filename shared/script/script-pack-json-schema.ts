/**
 * The forms of a script pack and of a fragment for editors, so that a file is checked and completed while it is written.
 * Published as `assets/scripts/*.schema.json`; after a change: `npx vitest run shared/script -u`.
 */
import { z } from 'zod';
import { scriptFragmentSchema, scriptPackSchema } from './script-pack.ts';

/** The JSON Schema of a pack as the text of its file. */
export function scriptPackJsonSchema(): string {
  return textOf('Premura call script', scriptPackSchema);
}

/** The JSON Schema of a fragment as the text of its file. */
export function scriptFragmentJsonSchema(): string {
  return textOf('Premura call script fragment', scriptFragmentSchema);
}

function textOf(title: string, schema: z.ZodType): string {
  return `${JSON.stringify({ title, ...z.toJSONSchema(schema, { io: 'input', reused: 'ref' }) }, null, 2)}\n`;
}
