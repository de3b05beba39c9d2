/**
 * An agreement as the page that is printed.
 *
 * Invariant: every amount on it is one of the document's, formatted; nothing is added up here.
 */
import { formatMoney } from '../money/format-money.ts';
import type { AgreementDocument } from './agreement-document.ts';
import type { AgreementWords } from './agreement-words.ts';
import { agreementWords } from './agreement-words.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import type { PrintPage } from './print-page.ts';
import { printDate, renderAddressee, renderLetterhead, renderTable } from './render-parts.ts';
import { renderMethods } from './render-methods.ts';

interface Context {
  document: AgreementDocument;
  say: AgreementWords;
  money: (cents: number) => string;
}

/** The whole document. */
export function renderAgreement(document: AgreementDocument): PrintPage {
  const { language, currency, creditor, agencyName, agreedOn, customer, reference } = document;
  const say = agreementWords[language];
  const context: Context = { document, say, money: (cents) => formatMoney(cents, currency, language) };
  const body = html`${renderLetterhead(creditor, say.taxCode)}
${renderAddressee(customer, { taxCode: say.taxCode, code: say.customerCode })}
<main>
<h1>${say.title}</h1>
<p class="reference">${say.reference} <strong>${reference}</strong></p>
<p>${say.intro(creditor.name, agencyName, printDate(agreedOn, language))}</p>
${renderInvoices(context)}
${renderSummary(context)}
${renderSchedule(context)}
${renderPayment(context)}
${renderTerms(context)}
${renderSignatures(context)}
</main>`;
  return { language, title: `${say.title} ${reference}`, bodyHtml: body.text, footer: `${creditor.name} · ${say.title} ${reference}`.slice(0, 200), pageOf: say.pageOf };
}

function renderInvoices({ document: { invoices, totals, language }, say, money }: Context): Html {
  const hasInterest = totals.interestCents > 0;
  const hasCosts = totals.costsCents > 0;
  const optional = <Value>(value: Value, isShown: boolean): Value[] => (isShown ? [value] : []);
  const figure = (title: string): { title: string; kind: 'figure' } => ({ title, kind: 'figure' });
  const figures = (row: { capitalCents: number; interestCents: number; costsCents: number }): string[] => [
    money(row.capitalCents), ...optional(money(row.interestCents), hasInterest), ...optional(money(row.costsCents), hasCosts),
  ];
  return html`<section><h2>${say.invoices}</h2>
${renderTable(
    [{ title: say.invoice, kind: 'text' }, { title: say.issuedOn, kind: 'text' }, { title: say.dueOn, kind: 'text' }, figure(say.capital), ...optional(figure(say.interest), hasInterest), ...optional(figure(say.costs), hasCosts)],
    invoices.map((invoice) => [invoice.number, invoice.issuedOn === null ? '–' : printDate(invoice.issuedOn, language), printDate(invoice.dueOn, language), ...figures(invoice)]),
    [say.total, '', '', ...figures(totals)],
  )}</section>`;
}

/** Capital, interest and costs each by itself, and what becomes of them. */
function renderSummary({ document: { totals }, say, money }: Context): Html {
  const rows: [string, number][] = [
    [say.capital, totals.capitalCents], [say.interest, totals.interestCents], [say.costs, totals.costsCents],
    ...(totals.waivedCents > 0 ? [[say.waived, -totals.waivedCents] as [string, number]] : []),
    [say.debt, totals.debtCents], [say.deferralInterest, totals.deferralInterestCents],
  ];
  return html`<section class="together"><h2>${say.summary}</h2>
<table class="summary"><tbody>${rows.map(([label, cents]) => html`<tr><th scope="row">${label}</th><td class="figure">${money(cents)}</td></tr>
`)}<tr class="total"><th scope="row">${say.total}</th><td class="figure">${money(totals.totalCents)}</td></tr></tbody></table></section>`;
}

function renderSchedule({ document: { instalments, totals, language }, say, money }: Context): Html {
  const isSplit = totals.deferralInterestCents > 0;
  const figures = (capitalCents: number, interestCents: number, amountCents: number): string[] => (isSplit ? [money(capitalCents), money(interestCents), money(amountCents)] : [money(amountCents)]);
  return html`<section><h2>${say.schedule}</h2>
${renderTable(
    [
      { title: say.instalment, kind: 'figure' }, { title: say.dueOn, kind: 'text' },
      ...(isSplit ? [say.capital, say.interest, say.amount] : [say.amount]).map((title) => ({ title, kind: 'figure' as const })),
    ],
    instalments.map((one, index) => [String(index + 1), printDate(one.dueOn, language), ...figures(one.capitalCents, one.interestCents, one.amountCents)]),
    ['', say.total, ...figures(totals.debtCents, totals.deferralInterestCents, totals.totalCents)],
  )}</section>`;
}

function renderPayment(context: Context): Html {
  const { document: { paymentMethods, instalments }, say, money } = context;
  return renderMethods(paymentMethods, say, { label: say.qrLabel, caption: say.scan(money(instalments[0]?.amountCents ?? 0)) });
}

function renderTerms({ document: { terms, totals, acknowledgement }, say, money }: Context): Html {
  const sentences = [
    totals.deferralInterestCents === 0 ? say.noInterest : say.withInterest(money(totals.deferralInterestCents)),
    ...(totals.waivedCents === 0 ? [] : [say.waiver(money(totals.waivedCents))]),
    say.grace(terms.graceDays), `${say.missed(terms.consecutiveMissed, terms.totalMissed)} ${say.acceleration}`,
    acknowledgementText(acknowledgement, say, money(totals.capitalCents + totals.interestCents + totals.costsCents)),
  ];
  return html`<section class="together"><h2>${say.terms}</h2>
<ol>${sentences.map((sentence) => html`<li>${sentence}</li>
`)}</ol></section>`;
}

function acknowledgementText(acknowledgement: AgreementDocument['acknowledgement'], say: AgreementWords, debt: string): string {
  switch (acknowledgement.kind) {
    case 'acknowledges': return say.acknowledges(debt);
    case 'without': return say.without;
    case 'own': return acknowledgement.text;
  }
}

function renderSignatures({ document: { place, agreedOn, signatories, language }, say }: Context): Html {
  return html`<section class="together signatures">
<p>${say.placeAndDate}: ${place}, ${printDate(agreedOn, language)}</p>
<div class="signature"><p>${say.forCreditor}</p><p class="line"></p><p>${signatories.creditor}</p></div>
<div class="signature"><p>${say.forCustomer}</p><p class="line"></p><p>${signatories.customer}</p></div>
</section>`;
}
