/**
 * What a capture step asks for, and where it goes.
 *
 * Invariants: a field goes into the outcome form only where its type fits that field; what a person says of their own needs is
 * `restricted`: it goes nowhere but into the support needs, is never said aloud and never stands among what was captured.
 */
import { z } from 'zod';
import {
  causeCodes, disputeReasons, paymentMethods, privacyRequestKinds, proofStates, refusedContactScopes, resendChannels, taskOwners,
} from '../case/outcome-codes.ts';
import { supportNeeds } from '../facts/conduct-bodies.ts';

export const fieldTypes = ['text', 'number', 'money', 'date', 'choice', 'phone', 'email', 'iban'] as const;
export type FieldType = (typeof fieldTypes)[number];

interface FillRule {
  types: readonly FieldType[];
  /** Values that a choice may have; absent = no choice, or any. */
  values?: readonly string[];
  restricted?: true;
}

const oneOf = (values: readonly string[]): FillRule => ({ types: ['choice'], values });

/** Every place that a field can fill: fields of the outcome form, and the support needs. */
export const fillRules = {
  amountText: { types: ['money'] },
  dateText: { types: ['date', 'text'] },
  restDateText: { types: ['date'] },
  perMonthText: { types: ['money'] },
  dayText: { types: ['number'] },
  firstText: { types: ['money'] },
  note: { types: fieldTypes },
  addressText: { types: ['text', 'email', 'phone'] },
  nameText: { types: ['text'] },
  method: oneOf(paymentMethods),
  cause: oneOf(causeCodes),
  disputeReason: oneOf(disputeReasons),
  callbackAudience: oneOf(['only-me', 'anyone']),
  proof: oneOf(proofStates),
  resendBy: oneOf(resendChannels),
  owner: oneOf(taskOwners),
  requestKind: oneOf(privacyRequestKinds),
  refusedScope: oneOf(refusedContactScopes),
  spokeWith: oneOf(['right-party', 'other']),
  supportNeed: { ...oneOf(supportNeeds), restricted: true },
  supportReviewOn: { types: ['date'], restricted: true },
} as const satisfies Record<string, FillRule>;
export type ScriptFill = keyof typeof fillRules;

/** The rule of a place, or null where there is no such place. */
export function fillRuleOf(fills: string): FillRule | null {
  return Object.hasOwn(fillRules, fills) ? fillRules[fills as ScriptFill] : null;
}

const textSchema = z.strictObject({ it: z.string(), en: z.string() });

export const fieldSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-zA-Z0-9]*$/).describe('camelCase; conditions and texts call it captured.<id>.'),
  type: z.enum(fieldTypes),
  label: textSchema,
  required: z.boolean().describe('Whether an answer may leave the step without it.'),
  choices: z.array(z.strictObject({ value: z.string().regex(/^[a-z][a-z0-9-]*$/), label: textSchema })).optional().describe('For the type choice.'),
  past: z.boolean().optional().describe('A date that already was: “Monday” is the last one.'),
  fills: z.string().optional().describe(`The field of the outcome form that it fills: ${Object.keys(fillRules).join(', ')}.`),
  restricted: z.boolean().optional().describe('Of the person’s own needs: asked only behind an answer with "consent": "given", and shown to nobody else.'),
});
export type ScriptField = z.infer<typeof fieldSchema>;
