/**
 * Makes a script ready for one case in one language.
 *
 * Invariants: pure; every open undisputed invoice is in what is said; no brace survives; a value is put in as
 * it is, and can neither bring in another variable nor emphasis of its own.
 */
import type { CaseEntity } from '../case/case-entity.ts';
import type { CaseView, InvoiceView } from '../case/view-case.ts';
import type { ScriptScreen } from '../contract/screens.ts';
import { formatMoney } from '../money/format-money.ts';
import { speakAmount, speakNumber } from '../money/speak-amount.ts';
import type { PlainDate } from '../time.ts';
import { addDays } from '../time.ts';
import type { ScriptLocale, ScriptPack, ScriptParagraph, ScriptText } from './script-pack.ts';
import type { ScriptVariable } from './script-variables.ts';
import { isScriptVariable } from './script-variables.ts';
import { holds, situationOf } from './situation.ts';
import type { Situation } from './situation.ts';
import { speakDate } from './speak-date.ts';
import type { Claim } from './summarise-claim.ts';
import { summariseClaim } from './summarise-claim.ts';

export interface ScriptContext {
  entity: Pick<CaseEntity, 'creditorName' | 'customer'>;
  view: Pick<CaseView, 'invoices' | 'currency' | 'promise'>;
  locale: ScriptLocale;
  operatorName: string;
  agencyName: string;
}

type Values = Partial<Record<ScriptVariable, string>>;
interface Rendering { context: ScriptContext; claim: Claim; situation: Situation; values: Values; today: PlainDate }

/** Renders a pack that `chooseScript` gave for this very view; a missing value is a bug and throws. */
export function renderScript(pack: ScriptPack, context: ScriptContext): ScriptScreen {
  const claim = summariseClaim(context.view);
  const oldest = claim.overdue[0] ?? claim.upcoming[0];
  if (oldest === undefined) throw new Error('renderScript: the case has nothing to ask for');
  const today = addDays(oldest.dueDate, oldest.daysLate);
  const situation = situationOf(claim, context.entity.customer.kind, context.view.promise?.state === 'broken');
  const rendering = { context, claim, situation, today, values: valuesOf(context, claim, oldest, today) };
  const plain = (text: ScriptText | undefined): string | null => (text === undefined ? null : fillIn(text[context.locale], rendering.values));
  return {
    scriptId: pack.id,
    version: pack.version,
    start: pack.start,
    steps: pack.steps.map((step) => ({
      stepId: step.id,
      title: step.title[context.locale],
      say: renderParagraphs(step.say, rendering),
      doText: plain(step.do),
      answers: step.answers.map((answer) => ({ label: answer.label[context.locale], goTo: answer.goTo, suggestCode: answer.suggestCode ?? null })),
    })),
    objections: pack.objections.map((objection) => ({
      objectionId: objection.id,
      label: objection.label[context.locale],
      say: renderParagraphs(objection.say, rendering),
      doText: plain(objection.do),
    })),
  };
}

function renderParagraphs(paragraphs: readonly ScriptParagraph[], rendering: Rendering): string[] {
  const { context, claim, situation, values } = rendering;
  return paragraphs
    .filter((paragraph) => (paragraph.when ?? []).every((condition) => holds(condition, situation)))
    .flatMap((paragraph) => {
      const text = paragraph[context.locale];
      if (paragraph.each === undefined) return [fillIn(text, values)];
      return claim[paragraph.each].map((invoice) => fillIn(text, { ...values, ...valuesOfInvoice(invoice, rendering) }));
    });
}

function valuesOf(context: ScriptContext, claim: Claim, oldest: InvoiceView, today: PlainDate): Values {
  const { entity, view, locale } = context;
  const { promise } = view;
  const inWords = (cents: number): string => speakAmount(cents, view.currency, locale);
  const [firstUpcoming, lastUpcoming] = [claim.upcoming[0], claim.upcoming.at(-1)];
  return {
    customerName: entity.customer.name, operatorName: context.operatorName, agencyName: context.agencyName, creditorName: entity.creditorName,
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

function valuesOfInvoice(invoice: InvoiceView, { context, today }: Rendering): Values {
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

function fillIn(text: string, values: Values): string {
  return text.replace(/\{([^{}]*)\}/g, (_whole, name: string) => {
    const value = isScriptVariable(name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`renderScript: no value for {${name}}`);
    return value.replaceAll('**', '');
  });
}
