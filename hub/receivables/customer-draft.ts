/**
 * What one file says about one customer, gathered over its rows.
 *
 * Invariants: the first value in the file wins and later rows only fill what is still empty, so the order of batches
 * does not matter; a field the file does not have leaves what the hub knows; numbers are only ever added, and keep
 * their ids for life.
 */
import type { DebtorKind, PhoneNumber } from '../../shared/case/case-entity.ts';
import { normalisePhone } from '../../shared/case/normalise-phone.ts';
import type { NumberId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { guessKind } from '../imports/guess-kind.ts';
import type { ImportRow } from '../imports/import-row.ts';

const textFields = ['customerName', 'kind', 'language', 'taxCode', 'email', 'address', 'salesAgent'] as const;

export interface CustomerDraft extends Pick<ImportRow, (typeof textFields)[number]> {
  code: string;
  /** Phone cells, as they stand, each once. */
  phones: string[];
}

/** Adds a row; answers the very same draft when the row says nothing new. */
export function addRowToDraft(draft: CustomerDraft | undefined, row: ImportRow): CustomerDraft {
  const { customerName, kind, language, taxCode, email, address, salesAgent, phone } = row;
  const said = { customerName, kind, language, taxCode, email, address, salesAgent };
  if (draft === undefined) return { code: row.customerCode, ...said, phones: phone === null ? [] : [phone] };
  const fills = textFields.some((field) => draft[field] === null && said[field] !== null);
  const rings = phone !== null && !draft.phones.includes(phone);
  if (!fills && !rings) return draft;
  return {
    ...draft,
    customerName: draft.customerName ?? customerName, kind: draft.kind ?? kind, language: draft.language ?? language,
    taxCode: draft.taxCode ?? taxCode, email: draft.email ?? email, address: draft.address ?? address,
    salesAgent: draft.salesAgent ?? salesAgent, phones: rings ? [...draft.phones, phone] : draft.phones,
  };
}

/** The customer's fields of a case row. */
export interface CustomerFields {
  name: string;
  kind: DebtorKind;
  language: string | null;
  tax_code: string | null;
  email: string | null;
  address: string | null;
  sales_agent: string | null;
  numbers: PhoneNumber[];
}

/** What the case shall say, from what the hub knows (null = a new case) and what the file says. */
export function mergeDraft(draft: CustomerDraft, known: CustomerFields | null): CustomerFields {
  const taxCode = draft.taxCode ?? known?.tax_code ?? null;
  const name = draft.customerName ?? known?.name ?? draft.code;
  return {
    name, kind: draft.kind ?? known?.kind ?? guessKind(draft.customerName, taxCode),
    language: draft.language ?? known?.language ?? null,
    tax_code: taxCode,
    email: draft.email ?? known?.email ?? null,
    address: draft.address ?? known?.address ?? null,
    sales_agent: draft.salesAgent ?? known?.sales_agent ?? null,
    numbers: addNumbers(known?.numbers ?? [], draft.phones),
  };
}

function addNumbers(known: readonly PhoneNumber[], cells: readonly string[]): PhoneNumber[] {
  const numbers = [...known];
  for (const { raw, e164, country, kind, usable } of cells.flatMap((cell) => normalisePhone(cell))) {
    const isKnown = numbers.some((number) => (e164 === null ? number.raw === raw : number.e164 === e164));
    if (!isKnown) numbers.push({ numberId: newId<NumberId>(), raw, e164, country, kind, usable, partyId: null, source: 'file', workplace: false });
  }
  return numbers;
}

/** Whether two states of a case's customer fields are the same. */
export function sameFields(a: CustomerFields, b: CustomerFields): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
