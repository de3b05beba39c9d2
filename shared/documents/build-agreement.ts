/**
 * Makes the document of an agreement from what was agreed: invoices, schedule, mandate.
 *
 * Invariants: no amount is invented or rounded here, totals are sums; an account or a reference whose check digits do not hold is on no
 * document; the EPC code asks for the first instalment and for nothing else. Same input, same document.
 */
import { epcQrText } from '../money/epc-qr-text.ts';
import { readIban } from '../money/read-iban.ts';
import { readRfReference } from '../money/rf-reference.ts';
import type { Instalment } from '../plans/make-schedule.ts';
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import type { AgreementDocument, PaymentMethod } from './agreement-document.ts';
import { agreementDocumentSchema, sum } from './agreement-document.ts';

type Transfer = Extract<PaymentMethod, { method: 'transfer' }>;
/** As the mandate has it: without the code, which belongs to an amount. */
export type AgreedPaymentMethod = Exclude<PaymentMethod, Transfer> | Omit<Transfer, 'epcText'>;

export interface AgreementInput extends Omit<AgreementDocument, 'kind' | 'totals' | 'instalments' | 'paymentMethods'> {
  /** Of a settlement: what the creditor gives up. */
  waivedCents: number;
  /** In the order in which they were agreed; `capitalCents` adds up to the debt. */
  instalments: readonly Pick<Instalment, 'dueOn' | 'capitalCents' | 'interestCents' | 'amountCents'>[];
  paymentMethods: readonly AgreedPaymentMethod[];
}

/**
 * The document, checked. Errors: `agreement-invalid` with the `field` that does not fit; `iban-…`, `rf-reference-invalid`, `epc-qr-invalid` of what
 * cannot be paid by.
 */
export function buildAgreement({ waivedCents, ...input }: AgreementInput): Result<AgreementDocument> {
  const instalments = input.instalments
    .map(({ dueOn, capitalCents, interestCents, amountCents }) => ({ dueOn, capitalCents, interestCents, amountCents }))
    .sort((one, other) => (one.dueOn < other.dueOn ? -1 : one.dueOn > other.dueOn ? 1 : 0));
  const [capitalCents, interestCents, costsCents] = [sum(input.invoices, 'capitalCents'), sum(input.invoices, 'interestCents'), sum(input.invoices, 'costsCents')];
  const debtCents = capitalCents + interestCents + costsCents - waivedCents;
  const deferralInterestCents = sum(instalments, 'interestCents');
  const paymentMethods: PaymentMethod[] = [];
  for (const method of input.paymentMethods) {
    const read = readMethod(method, input.currency, instalments[0]?.amountCents ?? 0);
    if (!read.ok) return read;
    paymentMethods.push(read.value);
  }
  const parsed = agreementDocumentSchema.safeParse({
    ...input, kind: 'agreement', instalments, paymentMethods,
    totals: { capitalCents, interestCents, costsCents, waivedCents, debtCents, deferralInterestCents, totalCents: debtCents + deferralInterestCents },
  });
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return fail('agreement-invalid', 'error.agreementInvalid', { field: issue?.path.join('.') ?? '', reason: issue?.message ?? '' });
}

/** With the code that asks for an amount; an account or a reference that does not hold is refused. */
export function readMethod(method: AgreedPaymentMethod, currency: string, firstAmountCents: number): Result<PaymentMethod> {
  if (method.method !== 'transfer') return ok(method);
  const iban = readIban(method.iban);
  if (!iban.ok) return iban;
  const rf = method.reference.kind === 'rf' ? readRfReference(method.reference.reference) : null;
  if (rf?.ok === false) return rf;
  const reference = rf === null ? method.reference : { kind: 'rf' as const, reference: rf.value };
  if (currency !== 'EUR') return ok({ ...method, iban: iban.value, reference, epcText: null });
  const epc = epcQrText({
    version: '002', bic: method.bic ?? '', name: method.beneficiary, iban: iban.value, amountCents: firstAmountCents, purpose: '', reference, information: '',
  });
  return epc.ok ? ok({ ...method, iban: iban.value, reference, epcText: epc.value }) : epc;
}
