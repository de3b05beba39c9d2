/**
 * The letter with the payment coordinates as the page that is printed.
 *
 * Invariant: every amount on it is one of the document's, formatted; nothing is added up here.
 */
import type { Tone } from '../case/case-entity.ts';
import { formatMoney } from '../money/format-money.ts';
import { agreementWords } from './agreement-words.ts';
import type { CoordinatesDocument } from './coordinates-document.ts';
import { html } from './html.ts';
import type { DocumentLanguage } from './letterhead.ts';
import type { PrintPage } from './print-page.ts';
import { renderMethods } from './render-methods.ts';
import { printDate, renderAddressee, renderLetterhead, renderTable } from './render-parts.ts';

interface Words {
  title: string;
  intro: Record<Tone, (creditor: string, agency: string | null) => string>;
  invoices: string;
  open: string;
  closing: string;
  scan(amount: string): string;
  qrLabel: string;
}

const words: Record<DocumentLanguage, Words> = {
  it: {
    title: 'Coordinate per il pagamento',
    intro: {
      courtesy: (creditor, agency) => `come chiesto al telefono, ecco dove pagare le fatture di ${creditor} qui sotto.${agencyIt(agency)} Se ha già pagato, non occorre fare altro.`,
      reminder: (creditor, agency) => `come chiesto al telefono, ecco dove pagare le fatture di ${creditor} che risultano ancora aperte.${agencyIt(agency)} Se ha già pagato, ci comunichi data e importo.`,
      recovery: (creditor, agency) => `come chiesto al telefono, ecco dove pagare le fatture scadute di ${creditor}.${agencyIt(agency)} Se ha già pagato o non riconosce un importo, ce lo comunichi.`,
    },
    invoices: 'Fatture', open: 'Da pagare', closing: 'Indichi la causale come è scritta: così il pagamento si riconosce subito.',
    scan: (amount) => `Con l’app della banca: in tutto ${amount}`, qrLabel: 'Codice QR per il bonifico',
  },
  en: {
    title: 'Payment coordinates',
    intro: {
      courtesy: (creditor, agency) => `as you asked on the telephone, this is where to pay the invoices of ${creditor} listed below.${agencyEn(agency)} If you have paid already, there is nothing left to do.`,
      reminder: (creditor, agency) => `as you asked on the telephone, this is where to pay the invoices of ${creditor} that are still open.${agencyEn(agency)} If you have paid already, please tell us the day and the amount.`,
      recovery: (creditor, agency) => `as you asked on the telephone, this is where to pay the overdue invoices of ${creditor}.${agencyEn(agency)} If you have paid already, or an amount is not yours, please tell us.`,
    },
    invoices: 'Invoices', open: 'To pay', closing: 'Please give the reference as it is written: then the payment is found at once.',
    scan: (amount) => `With your bank’s app: ${amount} in all`, qrLabel: 'QR code for the transfer',
  },
};

function agencyIt(agency: string | null): string {
  return agency === null ? '' : ` Le scriviamo come ${agency}, per suo conto.`;
}

function agencyEn(agency: string | null): string {
  return agency === null ? '' : ` We are ${agency} and write on its behalf.`;
}

const greeting: Record<DocumentLanguage, string> = { it: 'Buongiorno,', en: 'Good day,' };

export function renderCoordinates({ language, currency, creditor, agencyName, customer, tone, on, invoices, totalCents, paymentMethods }: CoordinatesDocument): PrintPage {
  const say = words[language];
  const common = agreementWords[language];
  const money = (cents: number): string => formatMoney(cents, currency, language);
  const body = html`${renderLetterhead(creditor, common.taxCode)}
${renderAddressee(customer, { taxCode: common.taxCode, code: common.customerCode })}
<main>
<h1>${say.title}</h1>
<p class="reference">${printDate(on, language)}</p>
<p>${greeting[language]}</p>
<p>${say.intro[tone](creditor.name, agencyName)}</p>
<section><h2>${say.invoices}</h2>
${renderTable(
    [{ title: common.invoice, kind: 'text' }, { title: common.issuedOn, kind: 'text' }, { title: common.dueOn, kind: 'text' }, { title: say.open, kind: 'figure' }],
    invoices.map(({ number, issuedOn, dueOn, openCents }) => [number, printDate(issuedOn, language), printDate(dueOn, language), money(openCents)]),
    [common.total, '', '', money(totalCents)],
  )}</section>
${renderMethods(paymentMethods, common, { label: say.qrLabel, caption: say.scan(money(totalCents)) })}
<p class="closing">${say.closing}</p>
</main>`;
  return { language, title: say.title, bodyHtml: body.text, footer: `${creditor.name} · ${say.title}`.slice(0, 200), pageOf: common.pageOf };
}
