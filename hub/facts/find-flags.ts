/**
 * What somebody should look at in a fact that happened.
 *
 * Invariant: a flag never refuses anything; it says a code and the figures that made it, and no name.
 */
import type { CaseEntity, Invoice } from '../../shared/case/case-entity.ts';
import { agreedFigures } from '../../shared/facts/agreed-figures.ts';
import { promisedCents } from '../../shared/facts/agreement-details.ts';
import { leadingUpToOutcome } from '../../shared/facts/conduct-bodies.ts';
import type { OutcomeBody } from '../../shared/facts/outcome-body.ts';
import type { KnownBody } from '../../shared/facts/fact-bodies.ts';
import { factVersions, readBody } from '../../shared/facts/fact-bodies.ts';
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { CaseId, FactId, UserId } from '../../shared/id.ts';
import type { FlagCode, FlagEntity } from '../../shared/protocol/feed-protocol.ts';
import { dateOfInstant, zoneSchema } from '../../shared/time.ts';
import type { LoadedCase } from '../receivables/load-case.ts';

export interface FoundFlag { factId: FactId; caseId: CaseId | null; code: FlagCode; details: FlagEntity['details']; about: FlagEntity['about'] }

/**
 * Who pushed it, and what that person may. `answered`: the case was looked up for somebody who called. `forbidden`: a decision that counts for
 * nothing. `unmailable`: why what it asks to be mailed is not.
 */
export interface FactMaker { actor: UserId; leads: boolean; answered: boolean; forbidden: boolean; unassignable: boolean; unmailable: string | null }

/** @param loaded the case the fact is about, with the fact among its facts; null when there is none */
export function findFlags(fact: Fact, loaded: LoadedCase | null, by: FactMaker): FoundFlag[] {
  const { header, body } = fact;
  const known = readBody(header.type, header.version, body);
  const about = describeFact(fact, known, loaded);
  const flag = (code: FlagCode, details: FlagEntity['details'] = {}): FoundFlag => ({
    factId: header.id, caseId: header.caseId ?? null, code, details, about,
  });
  const flags: FoundFlag[] = [];
  if (by.forbidden) return [flag('not-allowed')];
  if (by.unassignable) flags.push(flag('owner-not-collector'));
  if (known.type === 'unknown') {
    if (isOurVersion(header.type, header.version)) flags.push(flag('malformed-body'));
  }
  if (loaded === null) {
    if (header.caseId !== undefined || (known.type !== 'unknown' && !withoutCase.includes(known.type))) flags.push(flag('unknown-case'));
    return flags;
  }
  // A contact is told once, by its outcome: what only leads up to it comes with the same push.
  if (loaded.ownerId !== by.actor && !by.leads && !by.answered && known.type !== 'message-sent' && !leadingUpToOutcome.includes(known.type)) flags.push(flag('not-assigned'));
  if (by.unmailable !== null) flags.push(flag('mail-not-allowed', { lock: by.unmailable }));
  if (known.type === 'mail-requested' && known.body.attachmentFactId === null) {
    const numbers = loaded.entity.invoices.filter(({ invoiceId }) => known.body.invoiceIds.includes(invoiceId)).map(({ number }) => number);
    flags.push(flag('copy-wanted', { numbers: numbers.join(', ') }));
  }
  if (known.type === 'outcome-recorded') flags.push(...checkOutcome(known.body, fact, loaded.entity, flag));
  if (known.type === 'outcome-corrected') {
    if (known.body.replacement !== null) flags.push(...checkOutcome(known.body.replacement, fact, loaded.entity, flag));
    const target = loaded.entity.facts.find((entry) => entry.id === known.body.targetFactId);
    if (target?.type !== 'outcome-recorded') flags.push(flag('correction-target-missing'));
  }
  return flags;
}

function checkOutcome(
  outcome: OutcomeBody, fact: Fact, entity: CaseEntity, flag: (code: FlagCode, details?: FlagEntity['details']) => FoundFlag,
): FoundFlag[] {
  const flags: FoundFlag[] = [];
  const { promise, dispute } = outcome;
  if (promise !== null) {
    const chosen = entity.invoices.filter((invoice) => promise.invoices.length === 0 || promise.invoices.some(({ invoiceId }) => invoiceId === invoice.invoiceId));
    const balanceCents = chosen.filter((invoice) => isOpen(invoice, promise.currency)).reduce((sum, invoice) => sum + invoice.residualCents, 0);
    const amountCents = promisedCents(promise);
    if (amountCents > balanceCents) {
      flags.push(flag('promise-over-balance', { amountCents, balanceCents, currency: promise.currency }));
    }
    const zone = zoneSchema.safeParse(fact.header.zone);
    const madeOn = dateOfInstant(fact.header.at, zone.success ? zone.data : 'UTC');
    const dueOn = promise.parts[0]?.dueOn ?? madeOn;
    if (dueOn < madeOn) flags.push(flag('promise-past-due', { dueOn, madeOn }));
  }
  if (dispute !== null) {
    const invoice = entity.invoices.find((entry) => entry.invoiceId === dispute.invoiceId);
    const residualCents = invoice !== undefined && isOpen(invoice, dispute.currency) ? invoice.residualCents : 0;
    if (residualCents <= 0 || (dispute.amountCents ?? 0) > residualCents) {
      flags.push(flag('dispute-over-invoice', { amountCents: dispute.amountCents ?? 0, residualCents, currency: dispute.currency }));
    }
  }
  return flags;
}

/** A flag may be about no case, and so may a call or another contact that came in from nobody known, and what is decided about a whole queue. */
const withoutCase: readonly string[] = ['flag-settled', 'message-sent', 'call-started', 'call-moved', 'call-ended', 'contact-noted', 'contact-closed', 'priority-set', 'activity-resumed'];

/** What happened, for whoever reads the flag; never by whom. */
function describeFact({ header }: Fact, known: KnownBody, loaded: LoadedCase | null): FlagEntity['about'] {
  const outcome = known.type === 'outcome-recorded' ? known.body : known.type === 'outcome-corrected' ? known.body.replacement : null;
  const agreed = outcome === null ? null : agreedFigures(outcome);
  return {
    type: header.type, at: header.at, code: outcome?.code ?? null, amountCents: agreed?.amountCents ?? null, currency: agreed?.currency ?? null,
    dueOn: agreed?.dueOn ?? null, customerName: loaded?.entity.customer.name ?? null, creditorName: loaded?.entity.creditorName ?? null,
  };
}

function isOpen(invoice: Invoice, currency: string): boolean {
  return invoice.settledOn === null && invoice.currency === currency;
}

/** Whether this build publishes that type and version; then a body it cannot read is malformed, not of the future. */
function isOurVersion(type: string, version: number): boolean {
  return Object.entries(factVersions).some(([ours, newest]) => ours === type && version <= newest);
}
