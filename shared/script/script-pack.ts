/**
 * A call script as a file (format 2): what to say, ask, check, capture and offer, in every language, for one kind of call.
 *
 * Invariants: a step is left only through an answer; an answer with `goTo` null ends the script at the outcome. Texts are data: a
 * paragraph may depend on the situation (`when`, a CEL condition) or be said once for each invoice (`each`). An objection may be met
 * in any step, so its texts must be fit for any ear (`check-script.ts` proves it); one whose very name tells of a claim is offered
 * only behind the gate (`behindIdentity`). A pack is used flat: what it includes from fragments is put in by `resolve-script.ts` before
 * it is checked, published or walked.
 */
import { z } from 'zod';
import { debtorKindSchema, toneSchema } from '../case/case-entity.ts';
import { contactReasonSchema, outcomeCodeSchema } from '../case/outcome-codes.ts';
import { identityResults } from '../facts/conduct-bodies.ts';
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import { fieldSchema } from './script-fields.ts';

export const scriptLocales = ['it', 'en'] as const;
export type ScriptLocale = (typeof scriptLocales)[number];

export const scriptDirections = ['outbound', 'inbound'] as const;
/** `guarantor`: also a co-debtor; everyone else is spoken to as the holder. */
export const scriptRoles = ['holder', 'guarantor'] as const;
export const scriptStages = ['first', 'second', 'last'] as const;
export type ScriptDirection = (typeof scriptDirections)[number];
export type ScriptRole = (typeof scriptRoles)[number];
export type ScriptStage = (typeof scriptStages)[number];

/** The word that leads from an objection back to where the call was. */
export const returnWord = 'return';

const idSchema = z.string().regex(/^[a-z][a-z0-9-]*$/).max(80).describe('Lower-case words joined by hyphens.');
const stepIdSchema = idSchema.refine((id) => id !== returnWord, { message: '“return” is a reserved word' });

/** An empty text is one still to be translated; the checker refuses it. */
const textSchema = z.strictObject({ it: z.string(), en: z.string() });
const conditionSchema = z.string().max(500).describe('A CEL condition, such as: overdueCount > 1 && audience == \'person\'.');

const paragraphSchema = z.strictObject({
  when: conditionSchema.optional(),
  each: z.enum(['overdue', 'upcoming']).optional().describe('Said once for each such invoice, with {invoiceNumber}, {invoiceAmountInWords}, {invoiceDueDate}.'),
  it: z.string(),
  en: z.string(),
});

const goToSchema = stepIdSchema.nullable().describe('The next step; null ends the script at the outcome.');

const answerSchema = z.strictObject({
  id: idSchema.describe('Recorded as what was answered; conditions ask answers["step"] == "answer".'),
  label: textSchema,
  goTo: goToSchema,
  suggestCode: outcomeCodeSchema.optional().describe('The outcome that this answer amounts to.'),
  reason: contactReasonSchema.optional().describe('Why they got in touch, where this answer says it.'),
  when: conditionSchema.optional().describe('The answer is there only where this holds.'),
  result: z.enum(['refused', 'third-party', 'minor']).optional().describe('Who answers is not, or will not show to be, the right party: the gate closes.'),
  consent: z.enum(['given', 'refused']).optional().describe('The person agrees, in so many words, that we note their own needs; or does not.'),
});

export const identityAnswers = [...identityResults, 'not-now'] as const;

const spoken = {
  id: stepIdSchema,
  title: textSchema.describe('One or two words for the breadcrumb.'),
  say: z.array(paragraphSchema).describe('Paragraphs to say aloud; **…** marks what to stress.'),
  do: textSchema.optional().describe('What to do, said to nobody.'),
};
const answers = z.array(answerSchema);

/** What an offer proposes, and the outcomes that an answer to it may suggest. */
export const offerActions = ['promise', 'plan', 'resend', 'dispute', 'callback', 'settlement'] as const;

export const stepSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('say'), ...spoken, answers }).describe('Says something and goes on.'),
  z.strictObject({ kind: z.literal('ask'), ...spoken, answers }).describe('Asks; the answers lead on.'),
  z.strictObject({
    kind: z.literal('capture'), ...spoken, fields: z.array(fieldSchema).min(1),
    answers: z.array(answerSchema.extend({ withoutFields: z.boolean().optional().describe('Leaves the step with nothing captured, as when nothing was agreed.') })),
  }).describe('Asks for values and writes them down.'),
  z.discriminatedUnion('checks', [
    z.strictObject({
      kind: z.literal('check'), checks: z.literal('identity'), ...spoken, answers: z.array(answerSchema.extend({ result: z.enum(identityAnswers) })),
    }).describe('The gate: what lies behind it may be said only after an answer with the result “confirmed”.'),
    z.strictObject({
      kind: z.literal('check'), checks: z.literal('disclosure'), disclosure: idSchema, ...spoken,
      answers: z.array(answerSchema.extend({ read: z.boolean().optional().describe('True where it was read.') })),
    }).describe('Something that must be read.'),
  ]),
  z.strictObject({ kind: z.literal('offer'), ...spoken, actions: z.array(z.enum(offerActions)).min(1), answers }).describe('Proposes the next best action.'),
  z.strictObject({
    kind: z.literal('go'), id: stepIdSchema, routes: z.array(z.strictObject({ when: conditionSchema.optional(), goTo: goToSchema })).min(1),
  }).describe('Says nothing: goes on by the first route whose condition holds.'),
]);
export type ScriptStep = z.infer<typeof stepSchema>;
export type GoStep = Extract<ScriptStep, { kind: 'go' }>;
export type SpokenStep = Exclude<ScriptStep, GoStep>;

export const objectionSchema = z.strictObject({
  id: stepIdSchema,
  label: textSchema,
  behindIdentity: z.boolean().optional().describe('True: it speaks of the claim, so it is offered only once identity is confirmed.'),
  say: z.array(paragraphSchema),
  do: textSchema.optional(),
  answers: z.array(answerSchema.omit({ consent: true }).extend({
    goTo: idSchema.nullable().describe('“return” goes back to where the call was; a step goes on there; null ends the script at the outcome.'),
  })),
});
export type ScriptObjection = z.infer<typeof objectionSchema>;

export const servesSchema = z.strictObject({
  tone: toneSchema,
  audience: z.array(debtorKindSchema).min(1).describe('Kinds of customer it is written for.'),
  direction: z.enum(scriptDirections),
  role: z.enum(scriptRoles).describe('Who is spoken to: the holder (or who acts for them), or a guarantor.'),
  stage: z.enum([...scriptStages, 'any']).describe('Which reminder of this case it is.'),
});

const $schema = z.string().optional();

/** Steps and objections that several packs share; a pack's own step of the same id takes the place of the fragment's. */
export const scriptFragmentSchema = z.strictObject({
  $schema, format: z.literal(2), id: idSchema, steps: z.array(stepSchema), objections: z.array(objectionSchema),
});
export type ScriptFragment = z.infer<typeof scriptFragmentSchema>;

export const scriptPackSchema = z.strictObject({
  $schema,
  format: z.literal(2),
  id: idSchema,
  version: z.string().regex(/^\d+\.\d+\.\d+$/).describe('Recorded with every call: raise it with each change.'),
  title: textSchema.describe('What a lead calls it.'),
  serves: servesSchema,
  includes: z.array(idSchema).default([]).describe('Fragments whose steps and objections belong to this pack.'),
  start: stepIdSchema,
  disclosures: z.array(z.strictObject({ id: idSchema, title: textSchema })).describe('What must be read before any agreement.'),
  steps: z.array(stepSchema).min(1),
  objections: z.array(objectionSchema),
});
export type ScriptPack = z.infer<typeof scriptPackSchema>;
export type ScriptText = z.infer<typeof textSchema>;
export type ScriptParagraph = z.infer<typeof paragraphSchema>;

/** An answer of any step or objection. */
export interface ScriptAnswer extends Omit<z.infer<typeof answerSchema>, 'result'> {
  result?: (typeof identityAnswers)[number] | undefined;
  read?: boolean | undefined;
  withoutFields?: boolean | undefined;
}

/** The answers of anything that is said. */
export function answersOf(unit: SpokenStep | ScriptObjection): readonly ScriptAnswer[] {
  return unit.answers;
}

/** Whether a step says something. */
export function isSpoken(step: ScriptStep): step is SpokenStep {
  return step.kind !== 'go';
}

/** Parses a pack file; only its form: `checkScript` judges its content. */
export function readScriptPack(content: unknown): Result<ScriptPack> {
  return readAs(scriptPackSchema, content);
}

/** Parses a fragment file. */
export function readScriptFragment(content: unknown): Result<ScriptFragment> {
  return readAs(scriptFragmentSchema, content);
}

function readAs<Schema extends z.ZodType>(schema: Schema, content: unknown): Result<z.infer<Schema>> {
  const parsed = schema.safeParse(content);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return fail('script-unreadable', 'error.scriptUnreadable', { where: issue?.path.join('.') ?? '', problem: issue?.message ?? '' });
}
