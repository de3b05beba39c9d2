/**
 * An agreement written by hand, for tests and for looking at: three invoices with interest and costs, ten instalments with simple interest for
 * the deferral, a transfer with RF reference and code.
 *
 * Its figures, worked out on paper: capital 412.35 + 1,250.00 + 87.65 = 1,750.00; interest 23.10 + 41.90 = 65.00; costs 40.00 + 40.00 = 80.00; debt
 * 1,895.00. Ten parts of 189.50. Interest at 2 % a year on what is open, from 23 November 2026: 17, 32, 30, 28, 33, 28, 31, 32, 29 and
 * 31 days; 16.01 in all.
 */
import type { PlainDate } from '../time.ts';
import type { AgreementInput } from './build-agreement.ts';

const day = (text: string): PlainDate => text as PlainDate;

/** Day, capital, interest, amount of each instalment. */
const schedule: [string, number, number, number][] = [
  ['2026-12-10', 18_950, 177, 19_127], ['2027-01-11', 18_950, 299, 19_249], ['2027-02-10', 18_950, 249, 19_199], ['2027-03-10', 18_950, 204, 19_154],
  ['2027-04-12', 18_950, 206, 19_156], ['2027-05-10', 18_950, 145, 19_095], ['2027-06-10', 18_950, 129, 19_079], ['2027-07-12', 18_950, 100, 19_050],
  ['2027-08-10', 18_950, 60, 19_010], ['2027-09-10', 18_950, 32, 18_982],
];

export const exampleAgreement: AgreementInput = {
  language: 'it',
  currency: 'EUR',
  creditor: {
    name: 'Aurora Energia e Servizi S.p.A.', address: ['Via Pretoria 120', '85100 Potenza PZ'], taxCode: 'IT01234567897',
    contact: ['Telefono 0971 000 123', 'Lunedì–venerdì 9–18', 'rientri@aurora.example'], logo: null,
  },
  agencyName: 'Studio Premura',
  customer: {
    name: 'Maria Immacolata Della Valle Sant’Angelo Quartodipalo', address: ['Contrada Macchia Romana 18 bis, scala C, interno 14', '85100 Potenza PZ'],
    taxCode: 'DLLMMC70A41G942X', code: 'C-004711',
  },
  reference: 'RF18539007547034',
  agreedOn: day('2026-11-23'),
  place: 'Potenza',
  invoices: [
    { number: '2026/00871', issuedOn: day('2026-03-02'), dueOn: day('2026-04-01'), capitalCents: 41_235, interestCents: 2_310, costsCents: 4_000 },
    { number: '2026/01542', issuedOn: day('2026-05-04'), dueOn: day('2026-06-03'), capitalCents: 125_000, interestCents: 4_190, costsCents: 4_000 },
    { number: '2026/02019', issuedOn: null, dueOn: day('2026-11-02'), capitalCents: 8_765, interestCents: 0, costsCents: 0 },
  ],
  waivedCents: 0,
  instalments: schedule.map(([dueOn, capitalCents, interestCents, amountCents]) => ({ dueOn: day(dueOn), capitalCents, interestCents, amountCents })),
  paymentMethods: [
    { method: 'transfer', beneficiary: 'Aurora Energia e Servizi S.p.A.', iban: 'IT60X0542811101000000123456', bic: null, reference: { kind: 'rf', reference: 'RF18539007547034' } },
    { method: 'bollettino', account: '12345678', holder: 'Aurora Energia e Servizi S.p.A.', reason: 'RF18 5390 0754 7034' },
    { method: 'desk', where: 'Sportello di Potenza, Via Pretoria 120, lunedì–venerdì 9–13' },
  ],
  terms: { graceDays: 5, consecutiveMissed: 2, totalMissed: 3 },
  acknowledgement: { kind: 'acknowledges' },
  signatories: { creditor: 'Aurora Energia e Servizi S.p.A.', customer: 'Maria Immacolata Della Valle Sant’Angelo Quartodipalo' },
};
