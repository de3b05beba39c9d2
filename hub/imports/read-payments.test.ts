import { describe, expect, it } from 'vitest';
import { readMethod } from './build-payment.ts';
import { describeImportError } from './describe-import-error.ts';
import type { ImportOptions } from './inspect-file.ts';
import { readPayments } from './read-rows.ts';
import { guessContent, suggestColumns } from './suggest-columns.ts';

const header = 'Codice cliente;Fattura;Data incasso;Importo fattura;Importo pagato;Modalità;Causale;CRO';

async function outcome(text: string, options: ImportOptions = {}): Promise<unknown[]> {
  const opened = await readPayments(Buffer.from(text), options);
  if (!opened.ok) throw new Error(describeImportError(opened.error, 'en') ?? opened.error.code);
  const items: unknown[] = [];
  for await (const item of opened.value.rows) items.push(item.type === 'reject' ? item.reject.reasonCode : item.row);
  return items;
}

describe('a paid list', () => {
  it('is read with the columns that people give it, what was paid before what was invoiced', async () => {
    expect(await outcome(`${header}\nC1;0012;05/11/2026;1.000,00;1.234,56;Bonifico SEPA;saldo fattura;CRO123\n;77;06/11/2026;10,00;5,00;;;\n`)).toEqual([
      { line: 2, customerCode: 'C1', invoiceNumber: '0012', paidOn: '2026-11-05', amountCents: 123_456, currency: 'EUR', method: 'bank-transfer', methodText: 'Bonifico SEPA', reference: 'saldo fattura, CRO123' },
      { line: 3, customerCode: null, invoiceNumber: '77', paidOn: '2026-11-06', amountCents: 500, currency: 'EUR', method: null, methodText: null, reference: null },
    ]);
  });

  it.each<[string, string]>([
    ['C1;1;05/11/2026;;-5,00;;;', 'payment-not-positive'], ['C1;1;05/11/2026;;0,00;;;', 'payment-not-positive'], ['C1;1;31/11/2026;;5,00;;;', 'date-invalid'],
    ['C1;1;05/11/2026;;cinque;;;', 'amount-invalid'], ['C1;1;;;5,00;;;', 'missing-value'], ['C1;1;05/11/2026;;;;;', 'missing-value'], [';;05/11/2026;;5,00;;;', 'missing-value'],
    [';;;;5,00;;;', 'total-row'], ['Totale;;;;5,00;;;', 'total-row'], [header, 'repeated-header'], ['1,23E+11;1;05/11/2026;;5,00;;;', 'code-exponent'],
    ['C1;1;05/11/2026;;5,00 $;;;', ''],
  ])('%s: %s', async (line, code) => {
    const [item] = await outcome(`${header}\n${line}\n`);
    if (code === '') expect(item).toMatchObject({ currency: 'USD' });
    else expect(item).toBe(code);
  });

  it('needs a day, an amount, and one of customer and invoice', async () => {
    await expect(outcome('Data pagamento;Importo\n05/11/2026;5,00\n')).rejects.toThrow(/invoiceNumber is missing/);
    await expect(outcome('Cliente;Fattura;Importo\nA;1;5,00\n')).rejects.toThrow(/paidOn is missing/);
    expect(await outcome('Fattura;Data;Importo\n1;05/11/2026;5,00\n')).toMatchObject([{ customerCode: null, invoiceNumber: '1' }]);
  });

  it('is told from a list of invoices by its day of payment and the lack of a due date', () => {
    const guess = (headers: string): string => guessContent(headers.split(';'), []);
    expect(guess(header)).toBe('payments');
    expect(guess('Codice cliente;Numero fattura;Data fattura;Scadenza;Importo;Data pagamento')).toBe('invoices');
    expect(guess('Codice cliente;Numero fattura;Data;Importo')).toBe('invoices');
    expect(guess('Codice cliente;Telefono')).toBe('customers');
    expect(suggestColumns(header.split(';'), [], 'payments', null).map(({ field }) => field)).toEqual(['customerCode', 'invoiceNumber', 'paidOn', null, 'amount', 'method', 'reference', 'reference']);
  });

  it('knows how it was paid', () => {
    expect(['Bonifico', 'SDD', 'carta di credito', 'Bollettino postale', 'contanti', 'baratto', ''].map(readMethod))
      .toEqual(['bank-transfer', 'direct-debit', 'card', 'postal-slip', 'cash', 'other', null]);
  });
});
