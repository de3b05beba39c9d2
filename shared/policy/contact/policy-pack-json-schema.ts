/**
 * The form of a policy pack for editors, so that a file is checked and completed while it is written.
 * Published as `assets/policies/policy-pack.schema.json`; after a change: `npx vitest run shared/policy -u`.
 */
import { z } from 'zod';
import { policyPackSchema } from './policy-pack.ts';

/** The JSON Schema as the text of its file. */
export function policyPackJsonSchema(): string {
  return `${JSON.stringify({ title: 'Premura contact policy', ...z.toJSONSchema(policyPackSchema, { io: 'input' }) }, null, 2)}\n`;
}
