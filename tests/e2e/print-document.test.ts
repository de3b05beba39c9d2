/**
 * Printing on the real app: page, desk, the hidden window of main, the attachment, offline of everything but the embedded hub.
 * Invariants: what another program reads in the PDF is the document, every figure to the cent; its QR code, read from the page's pixels, is the EPC text;
 * the bytes in the case are those that were printed.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AgreementDocument } from '../../shared/documents/agreement-document.ts';
import { buildAgreement } from '../../shared/documents/build-agreement.ts';
import type { AgreementInput } from '../../shared/documents/build-agreement.ts';
import { buildInterestDocument } from '../../shared/documents/interest-document.ts';
import { exampleAgreement } from '../../shared/documents/example-agreement.ts';
import type { PrintableDocument } from '../../shared/documents/printable-document.ts';
import type { CommandId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { instalmentDates } from '../../shared/plans/instalment-dates.ts';
import type { PlainDate } from '../../shared/time.ts';
import type { AppProcess } from '../support/app-process.ts';
import { startApp } from '../support/app-process.ts';
import { askDesk } from '../support/page-desk.ts';
import type { ReadPdf } from '../support/read-pdf.ts';
import { readPdf } from '../support/read-pdf.ts';
import { readQrCodes } from '../support/read-qr.ts';
import { openNextCase } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';

let folder: string;
let running: AppProcess;
let caseId: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'premura-e2e-'));
  running = await startApp({ profileDir: join(folder, 'profile'), demo: true });
  await running.page.getByRole('button', { name: new RegExp(`^${word('role.collector')}`) }).first().click();
  await running.page.getByTestId('worklist').getByRole('option').first().waitFor();
  await openNextCase(running.page);
  const found = (await askDesk(running.page, { kind: 'query', name: 'find-next-case', input: { exceptCaseId: null } })) as { caseId: string };
  ({ caseId } = found);
});

afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

function agreement(change: Partial<AgreementInput> = {}): AgreementDocument {
  const document = buildAgreement({ ...exampleAgreement, ...change });
  if (!document.ok) throw new Error(JSON.stringify(document.error));
  return document.value;
}

interface Printed { bytes: Uint8Array; fileName: string; factId: string }

async function print(document: PrintableDocument, commandId = newId<CommandId>()): Promise<Printed> {
  const input = { commandId, caseId, source: { from: 'given', document }, basedOn: { caseRevision: 0, scriptVersion: null } };
  const { factId } = (await askDesk(running.page, { kind: 'command', name: 'print-document', input })) as { factId: string };
  const held = await running.page.evaluate(async ([id, fact]) => {
    const answer = (await window.premura.request({ kind: 'query', name: 'read-attachment', input: { caseId: id, factId: fact } })) as { value: { fileName: string; bytes: Uint8Array } };
    return { fileName: answer.value.fileName, bytes: [...answer.value.bytes] };
  }, [caseId, factId]);
  return { factId, fileName: held.fileName, bytes: new Uint8Array(held.bytes) };
}

/** All of it, as one text. */
const textOf = (pdf: ReadPdf): string => pdf.pages.flat().join(' ');

const printedDir = process.env['PREMURA_KEEP_PRINTS'];
function keep(name: string, bytes: Uint8Array): void {
  if (printedDir !== undefined) writeFileSync(join(printedDir, name), bytes);
}

it('prints the agreement: A4, tagged, in its language, every figure and the code to be read back', async () => {
  const document = agreement();
  const { bytes, fileName } = await print(document);
  keep('example.pdf', bytes);
  expect(fileName).toBe('Accordo di rientro RF18539007547034 2026-11-23.pdf');
  const pdf = await readPdf(bytes);
  expect(pdf).toMatchObject({ title: 'Accordo di rientro RF18539007547034', language: 'it', isTagged: true, sizeMm: { width: 210, height: 297 } });
  const lines = pdf.pages.flat();
  for (const line of [
    '2026/00871 2 marzo 2026 1º aprile 2026 412,35 € 23,10 € 40,00 €', '2026/01542 4 maggio 2026 3 giugno 2026 1.250,00 € 41,90 € 40,00 €', '2026/02019 – 2 novembre 2026 87,65 € 0,00 € 0,00 €',
    'Totale 1.750,00 € 65,00 € 80,00 €', 'Debito concordato 1.895,00 €', 'Interessi di dilazione 16,01 €', 'Totale 1.911,01 €',
    '1 10 dicembre 2026 189,50 € 1,77 € 191,27 €', '2 11 gennaio 2027 189,50 € 2,99 € 192,49 €', '10 10 settembre 2027 189,50 € 0,32 € 189,82 €', 'Totale 1.895,00 € 16,01 € 1.911,01 €',
  ]) expect(lines).toContain(line);
  expect(textOf(pdf)).toContain('IT60 X054 2811 1010 0000 0123 456');
  expect(pdf.fonts).toContain('Inter');

  const [transfer] = document.paymentMethods;
  const found = [];
  for (const number of pdf.pages.keys()) found.push(...await readQrCodes(await pdf.draw(number + 1, 3)));
  expect(found).toEqual([{ text: transfer?.method === 'transfer' ? transfer.epcText : '', version: expect.any(String), correction: 'M' }]);
});

it('prints the same text again, once for each command; the hash of the fact is that of the bytes', async () => {
  const [once, twice] = [newId<CommandId>(), newId<CommandId>()];
  const [first, second] = [await print(agreement(), once), await print(agreement(), twice)];
  expect(second.factId).not.toBe(first.factId);
  expect((await readPdf(second.bytes)).pages).toEqual((await readPdf(first.bytes)).pages);
  expect((await print(agreement(), once)).factId).toBe(first.factId);
  const shown = (await askDesk(running.page, { kind: 'query', name: 'show-case', input: { caseId } })) as { history: { factId: string; attachment?: { sha256: string; mediaType: string } }[] };
  const held = shown.history.find(({ factId }) => factId === first.factId)?.attachment;
  expect(held).toMatchObject({ mediaType: 'application/pdf', sha256: createHash('sha256').update(first.bytes).digest('hex') });
});

it('prints the interest of each invoice', async () => {
  const { creditor, customer } = exampleAgreement;
  const lines = [
    { from: '2025-06-01' as PlainDate, to: '2025-06-30' as PlainDate, days: 30, basisPoints: 1_115, daysOfYear: 365 as const, capitalCents: 1_000_000, interestCents: 9_164 },
    { from: '2025-07-01' as PlainDate, to: '2025-09-30' as PlainDate, days: 92, basisPoints: 1_015, daysOfYear: 365 as const, capitalCents: 1_000_000, interestCents: 25_584 },
  ];
  const document = buildInterestDocument({
    language: 'it', currency: 'EUR', creditor, customer, rateTitle: 'Interessi di mora (D.Lgs. 231/2002)', until: '2025-09-30' as PlainDate,
    invoices: [{ number: '2025/0042', dueOn: '2025-05-31' as PlainDate, capitalCents: 1_000_000, lumpSumCents: 4_000, lines }],
  });
  if (!document.ok) throw new Error(JSON.stringify(document.error));
  const { bytes } = await print(document.value);
  keep('interest.pdf', bytes);
  const printed = (await readPdf(bytes)).pages.flat();
  for (const line of [
    '1º giugno 2025 30 giugno 2025 30 11,15 % 10.000,00 € 91,64 €', '1º luglio 2025 30 settembre 2025 92 10,15 % 10.000,00 € 255,84 €', 'Totale della fattura 387,48 €', 'Totale 387,48 €',
  ]) expect(printed).toContain(line);
});

it('runs forty instalments over pages with the head of the table on each, and numbers the pages', async () => {
  const dates = instalmentDates('2026-12-10' as PlainDate, 10, 40, () => false);
  const instalments = dates.map((dueOn, index) => ({ dueOn, capitalCents: index < 39 ? 4_738 : 4_718, interestCents: 0, amountCents: index < 39 ? 4_738 : 4_718 }));
  const { bytes } = await print(agreement({ language: 'en', instalments }));
  keep('forty.pdf', bytes);
  const pdf = await readPdf(bytes);
  const dues = dates.map((_date, index) => pdf.pages.findIndex((lines) => lines.some((line) => new RegExp(`^${String(index + 1)} \\d+ \\p{L}+ \\d{4} €47\\.(38|18)$`, 'u').test(line))));
  expect(dues.every((page) => page >= 0)).toBe(true);
  const pagesOfSchedule = [...new Set(dues)];
  expect(pagesOfSchedule.length).toBeGreaterThan(1);
  for (const page of pagesOfSchedule) expect(pdf.pages[page]).toContain('No. Due on Amount');
  expect(pdf.pages.map((lines) => lines.at(-1))).toEqual(pdf.pages.map((_lines, index) => `Aurora Energia e Servizi S.p.A. · Repayment agreement RF18539007547034 Page ${String(index + 1)} of ${String(pdf.pages.length)}`));
  expect(pdf.language).toBe('en');
});

it('prints names with soft hyphens as they are spoken: no sign, no hyphen, no break', async () => {
  const name = 'Ener\u00ADgia\u00AD Basento';
  const { bytes } = await print(agreement({
    creditor: { ...exampleAgreement.creditor, name }, customer: { ...exampleAgreement.customer, name: 'Quarto\u00ADdipa\u00ADlo Maria' },
    signatories: { creditor: name, customer: 'Quarto\u00ADdipa\u00ADlo Maria' },
  }));
  const text = textOf(await readPdf(bytes));
  expect(text).toContain('Quartodipalo Maria');
  expect(text).toContain('Energia Basento');
  expect(text).not.toMatch(/\u00AD|Quarto-|Ener-/);
});

it('leaves no window behind', async () => {
  const open = await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()));
  expect(open.filter((url) => url.includes('/print/'))).toEqual([]);
});
