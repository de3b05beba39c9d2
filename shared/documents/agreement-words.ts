/** What an agreement says, in both languages; complete sentences, so that each language has its own order. */
import type { DocumentLanguage } from './letterhead.ts';

export interface AgreementWords {
  title: string;
  reference: string;
  customerCode: string;
  taxCode: string;
  /** `agency` null: the creditor deals by itself. */
  intro(creditor: string, agency: string | null, date: string): string;
  invoices: string;
  invoice: string;
  issuedOn: string;
  dueOn: string;
  capital: string;
  interest: string;
  costs: string;
  total: string;
  summary: string;
  waived: string;
  debt: string;
  deferralInterest: string;
  schedule: string;
  instalment: string;
  amount: string;
  payment: string;
  transfer: string;
  beneficiary: string;
  iban: string;
  bic: string;
  paymentReference: string;
  scan(amount: string): string;
  qrLabel: string;
  cardLink: string;
  bollettino: string;
  bollettinoAccount: string;
  bollettinoHolder: string;
  bollettinoReason: string;
  directDebit: string;
  directDebitMandate: string;
  desk: string;
  terms: string;
  noInterest: string;
  withInterest(amount: string): string;
  waiver(amount: string): string;
  grace(days: number): string;
  missed(consecutive: number, total: number): string;
  acceleration: string;
  acknowledges(debt: string): string;
  without: string;
  placeAndDate: string;
  forCreditor: string;
  forCustomer: string;
  pageOf: { before: string; between: string };
}

const it: AgreementWords = {
  title: 'Accordo di rientro',
  reference: 'Riferimento',
  customerCode: 'Codice cliente',
  taxCode: 'C.F. / P. IVA',
  intro: (creditor, agency, date) =>
    `Il ${date} il cliente e ${creditor}${agency === null ? '' : `, che agisce per mezzo di ${agency},`} hanno concordato di pagare come segue le somme qui indicate.`,
  invoices: 'Fatture comprese',
  invoice: 'Fattura',
  issuedOn: 'Emessa il',
  dueOn: 'Scadenza',
  capital: 'Capitale',
  interest: 'Interessi',
  costs: 'Spese',
  total: 'Totale',
  summary: 'Somme dovute',
  waived: 'Somma a cui il creditore rinuncia',
  debt: 'Debito concordato',
  deferralInterest: 'Interessi di dilazione',
  schedule: 'Rate',
  instalment: 'Rata',
  amount: 'Importo',
  payment: 'Come pagare',
  transfer: 'Bonifico',
  beneficiary: 'Beneficiario',
  iban: 'IBAN',
  bic: 'BIC',
  paymentReference: 'Causale',
  scan: (amount) => `Con l’app della banca: la prima rata, ${amount}`,
  qrLabel: 'Codice QR per il bonifico della prima rata',
  cardLink: 'Carta di pagamento',
  bollettino: 'Bollettino postale',
  bollettinoAccount: 'Conto corrente postale',
  bollettinoHolder: 'Intestato a',
  bollettinoReason: 'Causale',
  directDebit: 'Addebito diretto (SDD)',
  directDebitMandate: 'Mandato',
  desk: 'Di persona',
  terms: 'Condizioni',
  noInterest: 'Per la dilazione non sono chiesti interessi.',
  withInterest: (amount) => `Per la dilazione sono compresi nelle rate interessi semplici per ${amount}; sugli interessi non maturano interessi.`,
  waiver: (amount) => `Se tutte le rate sono pagate, il creditore rinuncia a ${amount}.`,
  grace: (days) => (days === 0 ? 'Una rata è puntuale se è pagata entro il giorno della sua scadenza.'
    : days === 1 ? 'Una rata è puntuale se è pagata entro un giorno dalla sua scadenza.'
      : `Una rata è puntuale se è pagata entro ${String(days)} giorni dalla sua scadenza.`),
  missed: (consecutive, total) =>
    `${consecutive === 1 ? 'Se una rata non è pagata' : `Se ${String(consecutive)} rate di seguito, o ${String(total)} in tutto, non sono pagate`} in tempo, il creditore può dichiarare decaduto l’accordo e chiedere in una volta quanto resta da pagare (art. 1186 c.c.).`,
  acceleration: 'Nulla di ciò avviene da sé: lo decide una persona, che lo comunica al cliente.',
  acknowledges: (debt) => `Con la firma il cliente riconosce di dovere ${debt} (art. 1988 e 2944 c.c.).`,
  without: 'Questo accordo non vale come riconoscimento del debito.',
  placeAndDate: 'Luogo e data',
  forCreditor: 'Per il creditore',
  forCustomer: 'Il cliente',
  pageOf: { before: 'Pagina', between: 'di' },
};

const en: AgreementWords = {
  title: 'Repayment agreement',
  reference: 'Reference',
  customerCode: 'Customer code',
  taxCode: 'Tax code',
  intro: (creditor, agency, date) =>
    `On ${date} the customer and ${creditor}${agency === null ? '' : `, acting through ${agency},`} agreed that the sums shown here are paid as follows.`,
  invoices: 'Invoices in this agreement',
  invoice: 'Invoice',
  issuedOn: 'Issued on',
  dueOn: 'Due on',
  capital: 'Capital',
  interest: 'Interest',
  costs: 'Costs',
  total: 'Total',
  summary: 'Sums owed',
  waived: 'Sum that the creditor gives up',
  debt: 'Debt agreed',
  deferralInterest: 'Interest for the deferral',
  schedule: 'Instalments',
  instalment: 'No.',
  amount: 'Amount',
  payment: 'How to pay',
  transfer: 'Bank transfer',
  beneficiary: 'Beneficiary',
  iban: 'IBAN',
  bic: 'BIC',
  paymentReference: 'Reference',
  scan: (amount) => `With your bank’s app: the first instalment, ${amount}`,
  qrLabel: 'QR code for the transfer of the first instalment',
  cardLink: 'Payment card',
  bollettino: 'Postal payment slip',
  bollettinoAccount: 'Postal account',
  bollettinoHolder: 'In the name of',
  bollettinoReason: 'Reference',
  directDebit: 'Direct debit (SDD)',
  directDebitMandate: 'Mandate',
  desk: 'In person',
  terms: 'Terms',
  noInterest: 'No interest is asked for the deferral.',
  withInterest: (amount) => `Simple interest of ${amount} for the deferral is part of the instalments; interest bears no interest.`,
  waiver: (amount) => `If all instalments are paid, the creditor gives up ${amount}.`,
  grace: (days) => (days === 0 ? 'An instalment is on time if it is paid by the day on which it falls due.'
    : `An instalment is on time if it is paid within ${days === 1 ? 'one day' : `${String(days)} days`} of the day on which it falls due.`),
  missed: (consecutive, total) =>
    `${consecutive === 1 ? 'If one instalment is not paid' : `If ${String(consecutive)} instalments in a row, or ${String(total)} in all, are not paid`} on time, the creditor may declare the agreement ended and ask for what is left at once (art. 1186 of the Italian Civil Code).`,
  acceleration: 'None of this happens by itself: a person decides it and tells the customer.',
  acknowledges: (debt) => `By signing, the customer acknowledges owing ${debt} (art. 1988 and 2944 of the Italian Civil Code).`,
  without: 'This agreement is not an acknowledgement of the debt.',
  placeAndDate: 'Place and date',
  forCreditor: 'For the creditor',
  forCustomer: 'The customer',
  pageOf: { before: 'Page', between: 'of' },
};

export const agreementWords: Record<DocumentLanguage, AgreementWords> = { it, en };
