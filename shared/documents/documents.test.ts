import { describe, expect, it } from 'vitest';
import { readQrCodes } from '../../tests/support/read-qr.ts';
import { computeInterest } from '../interest/compute-interest.ts';
import { readRateTable } from '../interest/rate-table.ts';
import { withInterest } from '../plans/make-schedule.ts';
import type { PlainDate } from '../time.ts';
import latePayment from '../../assets/rates/it-late-payment.json' with { type: 'json' };
import type { AgreementDocument } from './agreement-document.ts';
import { agreementDocumentSchema } from './agreement-document.ts';
import type { AgreementInput } from './build-agreement.ts';
import { buildAgreement } from './build-agreement.ts';
import { drawQr, qrModules } from './draw-qr.ts';
import { exampleAgreement } from './example-agreement.ts';
import { html } from './html.ts';
import type { InterestInput } from './interest-document.ts';
import { buildInterestDocument } from './interest-document.ts';
import { printDate } from './render-parts.ts';
import { fileNameOf, renderDocument } from './render-document.ts';
import { speakInterest } from './speak-interest.ts';

const day = (text: string): PlainDate => text as PlainDate;

function built(change: Partial<AgreementInput> = {}): AgreementDocument {
  const document = buildAgreement({ ...exampleAgreement, ...change });
  if (!document.ok) throw new Error(JSON.stringify(document.error));
  return document.value;
}

function refusal(change: Partial<AgreementInput>): string {
  const document = buildAgreement({ ...exampleAgreement, ...change });
  return document.ok ? 'ok' : `${document.error.code} ${String(document.error.details['field'] ?? '')}`.trim();
}

/** Words without marks, blanks of every kind as one. */
function textOf(html: string): string {
  return html.replace(/<svg.*?<\/svg>/gs, ' ').replace(/<[^>]+>/g, ' ').replace(/&#39;/g, '\'').replace(/\s+/g, ' ').trim();
}

describe('an agreement', () => {
  it('has the figures that were worked out by hand', () => {
    expect(built().totals).toEqual({
      capitalCents: 175_000, interestCents: 6_500, costsCents: 8_000, waivedCents: 0, debtCents: 189_500, deferralInterestCents: 1_601, totalCents: 191_101,
    });
  });

  it('and the schedule by hand is the one that the plans make', () => {
    const dates = exampleAgreement.instalments.map(({ dueOn }) => dueOn);
    const made = withInterest(Array.from({ length: 10 }, () => 18_950), dates, exampleAgreement.agreedOn, { rule: 'simple', basisPoints: 200 });
    expect(built({ instalments: made }).instalments).toEqual(exampleAgreement.instalments);
  });

  it('puts the instalments in the order of their days, the same document from the same input', () => {
    expect(built({ instalments: [...exampleAgreement.instalments].reverse() })).toEqual(built());
  });

  it('is none where a figure does not fit, and says which', () => {
    const [first, ...others] = exampleAgreement.instalments;
    if (first === undefined) throw new Error('no instalment');
    expect(refusal({ instalments: others })).toBe('agreement-invalid instalments');
    expect(refusal({ instalments: [{ ...first, amountCents: first.amountCents + 1 }, ...others] })).toBe('agreement-invalid instalments');
    expect(refusal({ waivedCents: 1 })).toBe('agreement-invalid instalments');
    expect(refusal({ invoices: [] })).toMatch(/^agreement-invalid/);
    expect(refusal({ invoices: [{ number: '1', issuedOn: null, dueOn: day('2026-01-01'), capitalCents: -100, interestCents: 0, costsCents: 0 }] })).toMatch(/^agreement-invalid invoices.0.capitalCents/);
    expect(refusal({ place: ' ' })).toBe('agreement-invalid place');
  });

  it('is none with totals that are not those of its rows, wherever it comes from', () => {
    const document = built();
    expect(agreementDocumentSchema.safeParse(document).success).toBe(true);
    for (const field of ['capitalCents', 'interestCents', 'costsCents', 'waivedCents', 'debtCents', 'deferralInterestCents', 'totalCents'] as const) {
      const altered = { ...document, totals: { ...document.totals, [field]: document.totals[field] + 1 } };
      expect(agreementDocumentSchema.safeParse(altered).success, field).toBe(false);
    }
  });

  it('is none with an account or a reference whose check digits do not hold', () => {
    const transfer = { method: 'transfer' as const, beneficiary: 'Aurora', iban: 'IT60X0542811101000000123456', bic: null, reference: { kind: 'rf' as const, reference: 'RF18539007547034' } };
    expect(refusal({ paymentMethods: [{ ...transfer, iban: 'IT64Y0542811101000000123456' }] })).toMatch(/^iban-/);
    expect(refusal({ paymentMethods: [{ ...transfer, reference: { kind: 'rf', reference: 'RF17539007547034' } }] })).toBe('rf-reference-invalid');
    expect(refusal({ paymentMethods: [{ ...transfer, iban: 'it60 x054 2811 1010 0000 0123 456' }] })).toBe('ok');
    expect(refusal({ paymentMethods: [] })).toBe('agreement-invalid paymentMethods');
  });

  it('asks the bank’s app for the first instalment, to the cent, and has no code in another currency', () => {
    const [transfer] = built().paymentMethods;
    expect(transfer?.method === 'transfer' && transfer.epcText).toBe('BCD\n002\n1\nSCT\n\nAurora Energia e Servizi S.p.A.\nIT60X0542811101000000123456\nEUR191.27\n\nRF18539007547034');
    const [other] = built({ currency: 'CHF' }).paymentMethods;
    expect(other?.method === 'transfer' && other.epcText).toBe(null);
  });

  it('of a settlement says what the creditor gives up', () => {
    const instalments = [{ dueOn: day('2026-12-10'), capitalCents: 100_000, interestCents: 0, amountCents: 100_000 }];
    const document = built({ waivedCents: 89_500, instalments });
    expect(document.totals).toMatchObject({ debtCents: 100_000, waivedCents: 89_500, totalCents: 100_000 });
    const text = textOf(renderDocument(document).bodyHtml);
    expect(text).toContain('Somma a cui il creditore rinuncia -895,00 €');
    expect(text).toContain('il creditore rinuncia a 895,00 €');
  });
});

describe('the page of an agreement', () => {
  it('prints no soft hyphen, neither in a name nor in what is paid to, nor in the title', () => {
    const name = 'Auro\u00ADra Ener\u00ADgia S.p.A.';
    const soft = built({
      creditor: { ...exampleAgreement.creditor, name, contact: ['Sportel\u00ADlo 3'] }, customer: { ...exampleAgreement.customer, name: 'Quarto\u00ADdipalo Maria' },
      paymentMethods: [{ method: 'desk', where: 'Sportel\u00ADlo di Potenza' }],
    });
    expect(JSON.stringify(soft)).toContain('\u00AD');
    const page = renderDocument(soft);
    expect(JSON.stringify(page)).not.toContain('\u00AD');
    for (const text of ['Aurora Energia S.p.A.', 'Quartodipalo Maria', 'Sportello 3', 'Sportello di Potenza']) expect(textOf(page.bodyHtml)).toContain(text);
    expect(page.footer).toContain('Aurora Energia S.p.A.');
  });

  it('has every figure of the document, and a code that another program reads as the same text', async () => {
    const document = built();
    const page = renderDocument(document);
    const text = textOf(page.bodyHtml);
    for (const said of [
      '412,35 €', '1.250,00 €', '87,65 €', '23,10 €', '41,90 €', '1.750,00 €', '65,00 €', '80,00 €', '1.895,00 €', '16,01 €', '1.911,01 €',
      '191,27 €', '192,49 €', '191,99 €', '191,54 €', '191,56 €', '190,95 €', '190,79 €', '190,50 €', '190,10 €', '189,82 €',
      'IT60 X054 2811 1010 0000 0123 456', 'RF18 5390 0754 7034', '10 dicembre 2026', '10 settembre 2027', 'Potenza, 23 novembre 2026',
      'pagata entro 5 giorni', 'Se 2 rate di seguito, o 3 in tutto', 'lo decide una persona', 'riconosce di dovere 1.895,00 €',
    ]) expect(text).toContain(said);
    const [transfer] = document.paymentMethods;
    const epcText = transfer?.method === 'transfer' ? transfer.epcText ?? '' : '';
    expect(await readQrCodes(pixelsOf(qrModules(epcText)))).toEqual([{ text: epcText, version: expect.stringMatching(/^([1-9]|1[0-3])$/), correction: 'M' }]);
    expect(page.bodyHtml).toContain('aria-label="Codice QR per il bonifico della prima rata"');
  });

  it('says the same in English', () => {
    const page = renderDocument(built({ language: 'en', acknowledgement: { kind: 'without' }, terms: { graceDays: 1, consecutiveMissed: 1, totalMissed: 3 } }));
    const text = textOf(page.bodyHtml);
    for (const said of ['Repayment agreement', '€1,911.01', '10 December 2026', 'within one day of', 'If one instalment is not paid', 'not an acknowledgement of the debt']) expect(text).toContain(said);
    expect(page).toMatchObject({ language: 'en', title: 'Repayment agreement RF18539007547034', pageOf: { before: 'Page', between: 'of' } });
  });

  it('leaves out columns in which nothing stands', () => {
    const bare = built({
      invoices: [{ number: '7', issuedOn: null, dueOn: day('2026-11-02'), capitalCents: 10_000, interestCents: 0, costsCents: 0 }],
      instalments: [5_000, 5_000].map((amountCents, index) => ({ dueOn: day(`2026-12-1${String(index)}`), capitalCents: amountCents, interestCents: 0, amountCents })),
    });
    const { bodyHtml } = renderDocument(bare);
    expect([...bodyHtml.matchAll(/<thead>.*?<\/thead>/gs)].map(([head]) => textOf(head))).toEqual(['Fattura Emessa il Scadenza Capitale', 'Rata Scadenza Importo']);
    expect(textOf(bodyHtml)).toContain('Per la dilazione non sono chiesti interessi.');
  });

  it('is of text alone: what somebody is called is never markup', () => {
    const name = '<script>alert(1)</script> & "Figli"';
    const { bodyHtml, title } = renderDocument(built({ customer: { ...exampleAgreement.customer, name }, reference: '<b>1</b>', acknowledgement: { kind: 'own', text: '<img src=x onerror=alert(1)>' } }));
    expect(bodyHtml).not.toMatch(/<script|<b>|<img src=x/);
    expect(bodyHtml).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Figli&quot;');
    expect(title).toBe('Accordo di rientro <b>1</b>');
    expect(html`<p title="${'"><i>'}">${['a<', null, 3]}</p>`.text).toBe('<p title="&quot;&gt;&lt;i&gt;">a&lt;3</p>');
  });

  it('shows a logo that is in the document, and takes none from elsewhere', () => {
    const logo = { mediaType: 'image/png' as const, base64: 'iVBORw0KGgo=' };
    expect(renderDocument(built({ creditor: { ...exampleAgreement.creditor, logo } })).bodyHtml).toContain('<img class="logo" src="data:image/png;base64,iVBORw0KGgo=" alt="">');
    expect(refusal({ creditor: { ...exampleAgreement.creditor, logo: { ...logo, base64: 'https://example.com/a.png' } } })).toBe('agreement-invalid creditor.logo.base64');
  });

  it('has a file name that every disk takes', () => {
    const document = built({ reference: 'A/7: "x"\\..' });
    expect(fileNameOf(document, renderDocument(document))).toBe('Accordo di rientro A 7 x 2026-11-23.pdf');
  });

  it('writes the first of the month as Italian does', () => {
    expect([printDate(day('2027-01-01'), 'it'), printDate(day('2027-01-11'), 'it'), printDate(day('2027-01-01'), 'en')]).toEqual(['1º gennaio 2027', '11 gennaio 2027', '1 January 2027']);
  });
});

describe('a QR code', () => {
  it('of the longest EPC text is version 13, level M, and reads back; a longer text is none', async () => {
    const longest = 'x'.repeat(331);
    expect(await readQrCodes(pixelsOf(qrModules(longest)))).toEqual([{ text: longest, version: '13', correction: 'M' }]);
    expect(() => qrModules('x'.repeat(332))).toThrow(RangeError);
  });

  it('is drawn as it is: the bars of the drawing are the modules', () => {
    const text = 'Perché no? €';
    const modules = qrModules(text);
    const drawn = modules.map((row) => row.map(() => false));
    for (const [, x, y, width] of drawQr(text, 'code').text.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
      for (let at = 0; at < Number(width); at += 1) (drawn[Number(y)] ?? [])[Number(x) + at] = true;
    }
    expect(drawn).toEqual(modules);
  });
});

describe('the interest per invoice', () => {
  const table = readRateTable(latePayment);
  if (!table.ok) throw new Error(table.error.code);
  const interest = computeInterest({ capitalCents: 1_000_000, dueOn: day('2025-05-31'), until: day('2025-09-30') }, table.value);
  if (!interest.ok) throw new Error(interest.error.code);
  const input: InterestInput = {
    language: 'it', currency: 'EUR', creditor: exampleAgreement.creditor, customer: exampleAgreement.customer, rateTitle: table.value.title.it, until: day('2025-09-30'),
    invoices: [
      { number: '2025/0042', dueOn: day('2025-05-31'), capitalCents: 1_000_000, lumpSumCents: 4_000, lines: interest.value.lines },
      { number: '2025/0099', dueOn: day('2025-09-30'), capitalCents: 5_000, lumpSumCents: 0, lines: [] },
    ],
  };

  it('has each part with its days and rate: 91.64 and 255.84, with 40.00 for the recovery 387.48', () => {
    const document = buildInterestDocument(input);
    if (!document.ok) throw new Error(JSON.stringify(document.error));
    expect(document.value.totals).toEqual({ interestCents: 34_748, lumpSumCents: 4_000, totalCents: 38_748 });
    const text = textOf(renderDocument(document.value).bodyHtml);
    for (const said of [
      'Fattura 2025/0042, scaduta il 31 maggio 2025: 10.000,00 €', '1º giugno 2025 30 giugno 2025 30 11,15 % 10.000,00 € 91,64 €',
      '1º luglio 2025 30 settembre 2025 92 10,15 % 10.000,00 € 255,84 €', '347,48 €', '387,48 €', 'Nessun interesse.',
    ]) expect(text).toContain(said);
  });

  it('is read aloud with the same figures', () => {
    const document = buildInterestDocument(input);
    const [first, second] = document.ok ? document.value.invoices : [];
    if (first === undefined || second === undefined) throw new Error('no document');
    expect(speakInterest(first, 'EUR', 'it')).toBe(
      'su diecimila euro, trenta giorni al tasso dell\'undici virgola quindici per cento: novantuno euro e sessantaquattro; su diecimila euro, novantadue giorni al tasso del dieci virgola quindici per cento: duecentocinquantacinque euro e ottantaquattro; spese di recupero: quaranta euro; in tutto trecentottantasette euro e quarantotto',
    );
    expect(speakInterest({ ...first, lumpSumCents: 0, totalCents: 805, interestCents: 805, parts: [{ ...first.parts[0]!, basisPoints: 805, days: 1, interestCents: 805 }] }, 'EUR', 'en'))
      .toBe('on ten thousand euros, one day at a rate of eight point zero five percent: eight euros and five cents');
    expect(speakInterest(second, 'EUR', 'it')).toBe('nessun interesse');
  });

  it('is no document where the parts are not the interest', () => {
    const document = buildInterestDocument(input);
    if (!document.ok) throw new Error(document.error.code);
    const lines = interest.value.lines.map((line, index) => ({ ...line, interestCents: line.interestCents - (index === 0 ? 1_000_000 : 0) }));
    const refused = buildInterestDocument({ ...input, invoices: [{ ...input.invoices[0]!, lines }] });
    expect(refused.ok ? 'ok' : refused.error.code).toBe('interest-document-invalid');
  });
});

/** Five pixels a module, dark on light. */
function pixelsOf(modules: readonly (readonly boolean[])[]): { width: number; height: number; data: Uint8ClampedArray } {
  const scale = 5;
  const side = modules.length * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) if (modules[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
  }
  return { width: side, height: side, data };
}
