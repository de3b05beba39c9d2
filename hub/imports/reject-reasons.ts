/**
 * Why a row is not imported, as sentences for the person who repairs the file.
 *
 * Invariant: every code has both languages, and the sentence names the column and what stood there.
 */
import { importRejectCodes } from '../../shared/protocol/import-protocol.ts';

export const rejectCodes = importRejectCodes;
export type RejectCode = (typeof rejectCodes)[number];

export interface ReasonDetails {
  /** Header of the column, as the file has it. */
  column?: string | undefined;
  /** What stood in the cell. */
  value?: string | undefined;
  /** Another line of the file that the sentence points to. */
  otherLine?: number | undefined;
  /** What was expected, e.g. `GG/MM/AAAA`. */
  expected?: string | undefined;
}

/** The sentence of a code in Italian and in English. */
export function describeReject(code: RejectCode, details: ReasonDetails = {}): { reason: string; reasonEn: string } {
  const column = details.column ?? '';
  const value = details.value ?? '';
  const line = String(details.otherLine ?? '');
  const expected = details.expected ?? '';
  const [reason, reasonEn] = sentences(code, column, value, line, expected);
  return { reason, reasonEn };
}

function sentences(code: RejectCode, column: string, value: string, line: string, expected: string): [string, string] {
  switch (code) {
    case 'missing-value':
      return [`Manca un valore nella colonna «${column}».`, `The column “${column}” is empty.`];
    case 'too-many-cells':
      return [
        'La riga ha più celle dell’intestazione: un separatore sta dentro un valore senza virgolette.',
        'The row has more cells than the header: a delimiter stands inside a value without quotes.',
      ];
    case 'broken-quotes':
      return [
        'Le virgolette non si chiudono e più righe del file si sono unite in una.',
        'The quotes do not close, and several lines of the file ran into one.',
      ];
    case 'broken-characters':
      return [
        'La riga ha caratteri illeggibili: non sono scritti come il resto del file.',
        'The row has characters that cannot be read: they are not written like the rest of the file.',
      ];
    case 'total-row':
      return ['È una riga di totale, non una fattura.', 'This is a total, not an invoice.'];
    case 'repeated-header':
      return ['È l’intestazione ripetuta, non una fattura.', 'This is the header again, not an invoice.'];
    case 'code-exponent':
      return [
        `Il foglio di calcolo ha trasformato «${value}» (${column}) in un numero con esponente: il codice vero è perduto.`,
        `The spreadsheet turned “${value}” (${column}) into a number with an exponent: the real code is lost.`,
      ];
    case 'date-invalid':
      return [
        `«${value}» (${column}) non è una data nel formato ${expected}.`,
        `“${value}” (${column}) is not a date written ${expected}.`,
      ];
    case 'date-serial':
      return [
        `«${value}» (${column}) è il numero interno di un foglio di calcolo: esportare la colonna come data.`,
        `“${value}” (${column}) is a spreadsheet’s internal number: export the column as a date.`,
      ];
    case 'amount-invalid':
      return [`«${value}» (${column}) non è un importo.`, `“${value}” (${column}) is not an amount.`];
    case 'amount-ambiguous':
      return [
        `«${value}» (${column}) si può leggere in due modi, con decimali o con migliaia, e il resto del file non lo chiarisce.`,
        `“${value}” (${column}) can be read in two ways, with decimals or with thousands, and the rest of the file does not tell.`,
      ];
    case 'amount-too-precise':
      return [`«${value}» (${column}) ha più di due decimali.`, `“${value}” (${column}) has more than two decimals.`];
    case 'amount-too-large':
      return [`«${value}» (${column}) è troppo grande.`, `“${value}” (${column}) is too large.`];
    case 'currency-unsupported':
      return [
        `«${value}» non è una valuta con due decimali nota.`,
        `“${value}” is not a known currency with two decimals.`,
      ];
    case 'currency-conflict':
      return [
        `L’importo «${value}» (${column}) porta un’altra valuta rispetto a ${expected}.`,
        `The amount “${value}” (${column}) carries another currency than ${expected}.`,
      ];
    case 'disputed-invalid':
      return [
        `«${value}» (${column}) non dice né sì né no.`,
        `“${value}” (${column}) says neither yes nor no.`,
      ];
    case 'credit-note-positive':
      return [
        `Nota di credito con importo positivo «${value}» (${column}): scriverlo con il segno meno.`,
        `Credit note with a positive amount “${value}” (${column}): write it with a minus sign.`,
      ];
    case 'repeated-with-other-amount':
      return [
        `La stessa fattura, con le stesse date, sta alla riga ${line} con un altro importo.`,
        `The same invoice with the same dates stands on line ${line} with another amount.`,
      ];
    case 'repeated-with-other-values':
      return [
        `La stessa fattura sta alla riga ${line} con altri valori (residuo, valuta, saldo o contestazione).`,
        `The same invoice stands on line ${line} with other values (residual, currency, settlement or dispute).`,
      ];
    case 'payment-not-positive':
      return [
        `«${value}» (${column}) non è denaro arrivato: un pagamento tornato indietro lo storna una persona.`,
        `“${value}” (${column}) is no money that came in: a payment that went back is reversed by a person.`,
      ];
    case 'payment-in-future':
      return [`«${value}» (${column}) viene dopo il ${expected}.`, `“${value}” (${column}) comes after ${expected}.`];
    case 'customer-unknown':
      return [`Il committente non ha un cliente «${value}».`, `The creditor has no customer “${value}”.`];
    case 'invoice-unknown':
      return [`Non c’è una fattura «${value}» di questo cliente.`, `There is no invoice “${value}” of this customer.`];
    case 'invoice-of-several':
      return [
        `Più clienti hanno una fattura «${value}»: indicare il codice cliente.`,
        `Several customers have an invoice “${value}”: give the customer’s code.`,
      ];
    case 'payment-currency':
      return [`Il pagamento è in ${value}, le fatture del cliente no.`, `The payment is in ${value}, the customer’s invoices are not.`];
  }
}
