/**
 * The interest per invoice as the page that is printed.
 *
 * Invariant: every amount on it is one of the document's, formatted; nothing is added up here.
 */
import { formatMoney } from '../money/format-money.ts';
import { html } from './html.ts';
import type { InterestDocument } from './interest-document.ts';
import type { DocumentLanguage } from './letterhead.ts';
import type { PrintPage } from './print-page.ts';
import { agreementWords } from './agreement-words.ts';
import type { Column } from './render-parts.ts';
import { printDate, renderAddressee, renderLetterhead, renderTable } from './render-parts.ts';

interface InterestWords {
  title: string;
  intro(until: string, rates: string): string;
  invoice(number: string, dueOn: string, capital: string): string;
  from: string;
  to: string;
  days: string;
  rate: string;
  capital: string;
  interest: string;
  lumpSum: string;
  ofInvoice: string;
  none: string;
  total: string;
  allInterest: string;
  allLumpSums: string;
  formula: string;
}

const words: Record<DocumentLanguage, InterestWords> = {
  it: {
    title: 'Interessi per fattura',
    intro: (until, rates) => `Interessi maturati fino al ${until} compreso. Tasso: ${rates}.`,
    invoice: (number, dueOn, capital) => `Fattura ${number}, scaduta il ${dueOn}: ${capital}`,
    from: 'Dal', to: 'Al', days: 'Giorni', rate: 'Tasso annuo', capital: 'Capitale', interest: 'Interessi',
    lumpSum: 'Spese di recupero (art. 6 D.Lgs. 231/2002)', ofInvoice: 'Totale della fattura', none: 'Nessun interesse.',
    total: 'Totale', allInterest: 'Interessi', allLumpSums: 'Spese di recupero',
    formula: 'Ogni riga è capitale × tasso × giorni / giorni dell’anno, arrotondata al centesimo; il giorno della scadenza non conta, l’ultimo sì. Sugli interessi non maturano interessi.',
  },
  en: {
    title: 'Interest per invoice',
    intro: (until, rates) => `Interest up to and including ${until}. Rate: ${rates}.`,
    invoice: (number, dueOn, capital) => `Invoice ${number}, due on ${dueOn}: ${capital}`,
    from: 'From', to: 'To', days: 'Days', rate: 'Yearly rate', capital: 'Capital', interest: 'Interest',
    lumpSum: 'Costs of recovery (art. 6 D.Lgs. 231/2002)', ofInvoice: 'Total of the invoice', none: 'No interest.',
    total: 'Total', allInterest: 'Interest', allLumpSums: 'Costs of recovery',
    formula: 'Each line is capital × rate × days / days of the year, rounded to the cent; the due date does not count, the last day does. Interest bears no interest.',
  },
};

/** The whole document. */
export function renderInterest(document: InterestDocument): PrintPage {
  const { language, currency, creditor, customer, until, rateTitle, invoices, totals } = document;
  const say = words[language];
  const common = agreementWords[language];
  const money = (cents: number): string => formatMoney(cents, currency, language);
  const columns: Column[] = [
    { title: say.from, kind: 'text' }, { title: say.to, kind: 'text' }, { title: say.days, kind: 'figure' }, { title: say.rate, kind: 'figure' },
    { title: say.capital, kind: 'figure' }, { title: say.interest, kind: 'figure' },
  ];
  const sections = invoices.map(({ number, dueOn, capitalCents, parts, interestCents, lumpSumCents, totalCents }) => html`<section class="breakdown"><h2>${say.invoice(number, printDate(dueOn, language), money(capitalCents))}</h2>
${parts.length === 0 ? html`<p>${say.none}</p>` : renderTable(columns,
    parts.map((part) => [printDate(part.from, language), printDate(part.to, language), String(part.days), printRate(part.basisPoints, language), money(part.capitalCents), money(part.interestCents)]),
    [say.total, '', '', '', '', money(interestCents)])}
${lumpSumCents === 0 ? null : html`<p class="sum"><span>${say.lumpSum}</span> <span class="figure">${money(lumpSumCents)}</span></p>
<p class="sum"><span>${say.ofInvoice}</span> <strong class="figure">${money(totalCents)}</strong></p>`}</section>
`);
  const rows: [string, number][] = [[say.allInterest, totals.interestCents], ...(totals.lumpSumCents > 0 ? [[say.allLumpSums, totals.lumpSumCents] as [string, number]] : [])];
  const body = html`${renderLetterhead(creditor, common.taxCode)}
${renderAddressee(customer, { taxCode: common.taxCode, code: common.customerCode })}
<main>
<h1>${say.title}</h1>
<p>${say.intro(printDate(until, language), rateTitle)}</p>
${sections}
<section class="together"><h2>${say.total}</h2>
<table class="summary"><tbody>${rows.map(([label, cents]) => html`<tr><th scope="row">${label}</th><td class="figure">${money(cents)}</td></tr>
`)}<tr class="total"><th scope="row">${say.total}</th><td class="figure">${money(totals.totalCents)}</td></tr></tbody></table>
<p class="small">${say.formula}</p></section>
</main>`;
  return { language, title: `${say.title} · ${customer.name}`.slice(0, 200), bodyHtml: body.text, footer: `${creditor.name} · ${say.title}`.slice(0, 200), pageOf: common.pageOf };
}

/** `1115` → "11,15 %" */
export function printRate(basisPoints: number, language: DocumentLanguage): string {
  const digits = String(basisPoints).padStart(3, '0');
  return `${digits.slice(0, -2)}${language === 'it' ? ',' : '.'}${digits.slice(-2)}\u00a0%`;
}
