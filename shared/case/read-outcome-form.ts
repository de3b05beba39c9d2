/**
 * From the outcome form as typed to the body of a fact.
 *
 * Invariant: everything the operator typed is understood in exactly one way or answered with
 * a sentence that names the field; nothing is guessed and nothing is saved half.
 */
import type { OutcomeForm } from '../contract/outcome-form.ts';
import type { OutcomeBody } from '../facts/outcome-body.ts';
import { noParts, outcomeBodySchema } from '../facts/outcome-body.ts';
import type { Result } from '../result.ts';
import { ok } from '../result.ts';
import type { FormContext } from './form-context.ts';
import { failField } from './form-context.ts';
import { isInboundChannel } from './outcome-codes.ts';
import { outcomeRules } from './outcome-rules.ts';
import * as parts from './read-outcome-parts.ts';

export function readOutcomeForm(form: OutcomeForm, context: FormContext): Result<OutcomeBody> {
  const { code, channel, numberId, partyId, cause } = form;
  const note = form.note.trim();
  const rules = outcomeRules[code];
  if (rules.cause === 'required' && cause === null) return failField('cause', 'cause-missing', 'error.causeMissing');
  if (rules.noteRequired && note === '') return failField('note', 'note-missing', 'error.noteMissing');
  if (rules.retiresNumber && numberId === null && context.view.numbers.some(({ usable }) => usable)) {
    return failField('numberId', 'number-missing', 'error.numberMissing');
  }
  const reasons = isInboundChannel(channel) ? [...new Set(form.reasons)] : [];
  const part = readParts(form, context);
  if (!part.ok) return part;
  return ok(outcomeBodySchema.parse({ code, channel, numberId, partyId, cause, note: note === '' ? null : note, reasons, ...noParts, ...part.value }));
}

/** Whoever came to us and was talked with came for a reason, which is noted when it is saved; a correction of what was noted before asks for none. */
export function asksReasons({ code, channel }: Pick<OutcomeForm, 'code' | 'channel'>): boolean {
  return isInboundChannel(channel) && ['success', 'right-party'].includes(outcomeRules[code].class);
}

function readParts(form: OutcomeForm, context: FormContext): Result<Partial<OutcomeBody>> {
  switch (form.code) {
    case 'PTP': return parts.readPromise(form, context);
    case 'PLN': return parts.readPlan(form, context);
    case 'PAID': return parts.readPaid(form, context);
    case 'PPY': return parts.readPartPayment(form, context);
    case 'DSP': return parts.readDispute(form, context);
    case 'RES': return parts.readResend(form, context);
    case 'SET': return parts.readSettlement(form, context);
    case 'CBK': return parts.readCallback(form, context);
    case 'TRN': return parts.readHolderChange(form, context);
    case 'LAW': return parts.readRepresented(form);
    case 'CMP': return parts.readComplaint(form, context);
    case 'PRV': return parts.readPrivacyRequest(form, context);
    case 'DNC': return parts.readRefusedContact(form);
    case 'LNG': return parts.readLanguage(form);
    case 'REF': case 'RPC': return parts.readNextContact(form, context);
    case 'TPC': case 'LM': case 'AM': case 'HU': case 'NA': case 'LB': case 'WN': case 'DC': case 'DEC': case 'INS': case 'IDR': case 'MIN': case 'DRP':
      return ok({});
  }
}
