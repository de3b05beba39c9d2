/**
 * A call script as a file: what to say, ask, check, capture and offer, in every language, for one tone.
 *
 * Invariants: a step is left only through an answer; an answer without `goTo` ends the script at the outcome.
 * Texts are data: a paragraph may depend on the situation (`when`) or be said once for each invoice (`each`).
 * An objection may be met in any step, so its texts must be fit for any ear (`check-script.ts` proves it).
 */
import { z } from 'zod';
import { debtorKindSchema, toneSchema } from '../case/case-entity.ts';
import { outcomeCodeSchema } from '../case/outcome-codes.ts';
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import { conditions } from './situation.ts';

export const scriptLocales = ['it', 'en'] as const;
export type ScriptLocale = (typeof scriptLocales)[number];

const stepIdSchema = z.string().regex(/^[a-z][a-z0-9-]*$/).describe('Lower-case words joined by hyphens.');

/** An empty text is one still to be translated; the checker refuses it. */
const textSchema = z.strictObject({ it: z.string(), en: z.string() });

const paragraphSchema = z.strictObject({
  when: z.array(z.enum(conditions)).optional().describe('Said only where all of these hold.'),
  each: z.enum(['overdue', 'upcoming']).optional().describe('Said once for each such invoice, with {invoiceNumber}, {invoiceAmountInWords}, {invoiceDueDate}.'),
  it: z.string(),
  en: z.string(),
});

const answerSchema = z.strictObject({
  label: textSchema,
  goTo: stepIdSchema.nullable().describe('The next step; null ends the script at the outcome.'),
  suggestCode: outcomeCodeSchema.optional().describe('The outcome that this answer amounts to.'),
});

const stepParts = {
  id: stepIdSchema,
  title: textSchema.describe('One or two words for the breadcrumb.'),
  say: z.array(paragraphSchema).describe('Paragraphs to say aloud; **…** marks what to stress.'),
  do: textSchema.optional().describe('What to do, said to nobody.'),
};

export const stepSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('say'), ...stepParts, answers: z.array(answerSchema) }).describe('Says something and goes on.'),
  z.strictObject({ kind: z.literal('ask'), ...stepParts, answers: z.array(answerSchema) }).describe('Asks; the answers lead on.'),
  z.strictObject({
    kind: z.literal('check'), ...stepParts,
    checks: z.enum(['identity']),
    answers: z.array(answerSchema.extend({ passes: z.boolean().optional().describe('True where the check is passed.') })),
  }).describe('A gate: what lies behind it may be said only through an answer that passes.'),
  z.strictObject({ kind: z.literal('capture'), ...stepParts, captures: z.enum(['promise', 'dispute', 'callback', 'note']), answers: z.array(answerSchema) })
    .describe('Gathers the fields of an outcome.'),
  z.strictObject({ kind: z.literal('offer'), ...stepParts, answers: z.array(answerSchema) }).describe('Proposes the next best action.'),
]);
export type ScriptStep = z.infer<typeof stepSchema>;

export const objectionSchema = z.strictObject({
  id: stepIdSchema,
  label: textSchema,
  say: z.array(paragraphSchema),
  do: textSchema.optional(),
  returnTo: stepIdSchema.nullable().describe('The step to go on with; null returns to where one was.'),
});
export type ScriptObjection = z.infer<typeof objectionSchema>;

export const scriptPackSchema = z.strictObject({
  $schema: z.string().optional(),
  id: stepIdSchema,
  version: z.string().regex(/^\d+\.\d+\.\d+$/).describe('Recorded with every outcome: raise it with each change.'),
  tone: toneSchema,
  audience: z.array(debtorKindSchema).min(1).describe('Kinds of customer it is written for.'),
  start: stepIdSchema,
  steps: z.array(stepSchema).min(1),
  objections: z.array(objectionSchema),
});
export type ScriptPack = z.infer<typeof scriptPackSchema>;
export type ScriptText = z.infer<typeof textSchema>;
export type ScriptParagraph = z.infer<typeof paragraphSchema>;

/** Parses a pack file; only its form: `checkScript` judges its content. */
export function readScriptPack(content: unknown): Result<ScriptPack> {
  const parsed = scriptPackSchema.safeParse(content);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return fail('script-unreadable', 'error.scriptUnreadable', { where: issue?.path.join('.') ?? '', problem: issue?.message ?? '' });
}
