/** How to pay, as it is printed: each way with what a customer needs for it. */
import { printIban } from '../money/read-iban.ts';
import { printRfReference } from '../money/rf-reference.ts';
import type { PaymentMethod } from './agreement-document.ts';
import type { AgreementWords } from './agreement-words.ts';
import { drawQr } from './draw-qr.ts';
import type { Html, HtmlPart } from './html.ts';
import { html } from './html.ts';
import { renderPairs } from './render-parts.ts';

/** What is said of the code for the bank's app. */
interface QrWords { label: string; caption: string }

export function renderMethods(methods: readonly PaymentMethod[], say: AgreementWords, qr: QrWords): Html {
  return html`<section><h2>${say.payment}</h2>
${methods.map((method) => html`<div class="method">${renderMethod(method, say, qr)}</div>
`)}</section>`;
}

function renderMethod(method: PaymentMethod, say: AgreementWords, qr: QrWords): HtmlPart {
  switch (method.method) {
    case 'transfer': {
      const { beneficiary, iban, bic, reference, epcText } = method;
      const pairs = renderPairs([
        [say.beneficiary, beneficiary], [say.iban, html`<span class="code">${printIban(iban)}</span>`], ...(bic === null ? [] : [[say.bic, bic] as const]),
        [say.paymentReference, html`<span class="code">${reference.kind === 'rf' ? printRfReference(reference.reference) : reference.text}</span>`],
      ]);
      const code = epcText === null ? null : html`<figure>${drawQr(epcText, qr.label)}<figcaption>${qr.caption}</figcaption></figure>`;
      return html`<div class="words"><h3>${say.transfer}</h3>${pairs}</div>${code}`;
    }
    case 'card-link':
      return html`<div class="words"><h3>${say.cardLink}</h3><p class="code">${method.url}</p></div>`;
    case 'bollettino':
      return html`<div class="words"><h3>${say.bollettino}</h3>${renderPairs([[say.bollettinoAccount, method.account], [say.bollettinoHolder, method.holder], [say.bollettinoReason, method.reason]])}</div>`;
    case 'direct-debit':
      return html`<div class="words"><h3>${say.directDebit}</h3>${renderPairs([[say.directDebitMandate, method.mandateReference]])}</div>`;
    case 'desk':
      return html`<div class="words"><h3>${say.desk}</h3><p>${method.where}</p></div>`;
  }
}
