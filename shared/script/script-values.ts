/**
 * What stands in for each variable of a script, for one case in one language.
 *
 * Invariant: before identity is confirmed only what may be said to anyone is there at all, so that a text which says more cannot
 * be rendered, whatever the checker let through.
 */
import type { CaseEntity } from '../case/case-entity.ts';
import type { CaseView, InvoiceView } from '../case/view-case.ts';
import { formatMoney } from '../money/format-money.ts';
import { speakAmount, speakNumber } from '../money/speak-amount.ts';
import type { PlainDate } from '../time.ts';
import { addDays } from '../time.ts';
import type { ScriptLocale } from './script-pack.ts';
import type { ScriptVariable } from './script-variables.ts';
import { isPublicVariable } from './script-variables.ts';
import type { CallKind, Situation } from './situation.ts';
import { situationOf, usualCall } from './situation.ts';
import { speakDate } from './speak-date.ts';
import type { Claim } from './summarise-claim.ts';
import { summariseClaim } from './summarise-claim.ts';

export interface ScriptContext {
  entity: Pick<CaseEntity, 'creditorName' | 'customer'>;
  view: Pick<CaseView, 'invoices' | 'currency' | 'promise'>;
  locale: ScriptLocale;
  operatorName: string;
  agencyName: string;
  /** Absent: an operator's first call to the holder. */
  call?: CallKind;
  /** Who is spoken to, where it is not the customer by name. */
  partyName?: string | null;
  /** The number on the creditor's invoices, as published. */
  printedNumber?: string | null;
}

export type Values = Partial<Record<string, string>>;

/** A case made ready to be spoken about. */
export interface Preparation {
  context: ScriptContext;
  claim: Claim;
  situation: Situation;
  today: PlainDate;
  isConfirmed: boolean;
  values: Values;
}

/** What conditions ask of the case, and the day on which it is spoken about. */
export type Footing = Pick<Preparation, 'claim' | 'situation' | 'today'> & { oldest: InvoiceView };

/** The footing of a case for which `chooseScript` gave a pack; one with nothing to ask for is a bug and throws. */
export function footingOf(context: Omit<ScriptContext, 'locale'>): Footing {
  const claim = summariseClaim(context.view);
  const oldest = claim.overdue[0] ?? claim.upcoming[0];
  if (oldest === undefined) throw new Error('prepareScript: the case has nothing to ask for');
  const today = addDays(oldest.dueDate, oldest.daysLate);
  const situation = situationOf(claim, context.entity.customer.kind, context.view.promise?.state === 'broken', context.printedNumber != null, context.call ?? usualCall);
  return { claim, situation, today, oldest };
}

/** Prepares a case to be spoken about. */
export function prepareScript(context: ScriptContext, isConfirmed: boolean): Preparation {
  const { claim, situation, today, oldest } = footingOf(context);
  const all: Values = valuesOf(context, claim, oldest, today);
  const values = isConfirmed ? all : Object.fromEntries(Object.entries(all).filter(([name]) => isPublicVariable(name, situation.partyRole)));
  return { context, claim, situation, today, isConfirmed, values };
}

function valuesOf(context: ScriptContext, claim: Claim, oldest: InvoiceView, today: PlainDate): Partial<Record<ScriptVariable, string>> {
  const { entity, view, locale } = context;
  const { promise } = view;
  const inWords = (cents: number): string => speakAmount(cents, view.currency, locale);
  const [firstUpcoming, lastUpcoming] = [claim.upcoming[0], claim.upcoming.at(-1)];
  return {
    customerName: entity.customer.name, partyName: context.partyName ?? entity.customer.name,
    operatorName: context.operatorName, agencyName: context.agencyName, creditorName: entity.creditorName,
    ...(context.printedNumber != null && { printedNumber: context.printedNumber }),
    openAmount: formatMoney(claim.totalCents, view.currency, locale),
    openAmountInWords: inWords(claim.totalCents),
    invoiceCount: speakCountOf(claim.overdue.length + claim.upcoming.length, locale),
    oldestInvoiceNumber: oldest.number,
    oldestDueDate: speakDate(oldest.dueDate, today, locale),
    oldestAmountInWords: inWords(oldest.claimableCents),
    ...(claim.overdue.length > 0 && {
      overdueAmount: formatMoney(claim.overdueCents, view.currency, locale),
      overdueAmountInWords: inWords(claim.overdueCents),
      overdueCount: speakCountOf(claim.overdue.length, locale),
    }),
    ...(firstUpcoming !== undefined && lastUpcoming !== undefined && {
      upcomingAmount: formatMoney(claim.upcomingCents, view.currency, locale),
      upcomingAmountInWords: inWords(claim.upcomingCents),
      upcomingCount: speakCountOf(claim.upcoming.length, locale),
      nextDueDate: speakDate(firstUpcoming.dueDate, today, locale),
      lastDueDate: speakDate(lastUpcoming.dueDate, today, locale),
    }),
    ...(claim.disputedCents > 0 && { disputedAmountInWords: inWords(claim.disputedCents) }),
    ...(claim.creditCents > 0 && { creditAmountInWords: inWords(claim.creditCents) }),
    ...(promise?.state === 'broken' && {
      promiseAmountInWords: speakAmount(promise.amountCents, promise.currency, locale),
      promiseDueDate: speakDate(promise.dueOn, today, locale),
    }),
  };
}

/** Of one invoice, in a paragraph said for each. */
export function valuesOfInvoice(invoice: InvoiceView, { context, today, isConfirmed }: Preparation): Values {
  if (!isConfirmed) return {};
  return {
    invoiceNumber: invoice.number,
    invoiceAmountInWords: speakAmount(invoice.claimableCents, invoice.currency, context.locale),
    invoiceDueDate: speakDate(invoice.dueDate, today, context.locale),
  };
}

/** A number of invoices, which are feminine in Italian. */
function speakCountOf(count: number, locale: ScriptLocale): string {
  return locale === 'it' && count === 1 ? 'una' : speakNumber(count, locale);
}
