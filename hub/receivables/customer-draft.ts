/**
 * What one file says about one customer, gathered over its rows.
 *
 * Invariants: the first value in the file wins and later rows only fill what is still empty, so the order of batches
 * does not matter; a field the file does not have leaves what the hub knows; numbers, addresses and parties are only ever
 * added, and keep their ids for life. Of the whole file only a few bits per customer are remembered.
 */
import type { DebtorKind, PhoneNumber } from '../../shared/case/case-entity.ts';
import type { ContactPoint, Party } from '../../shared/case/party.ts';
import { guessKind } from '../imports/guess-kind.ts';
import type { CustomerRow } from '../imports/import-row.ts';
import { addAddresses, addNumbers, addParties } from './merge-people.ts';

const textFields = ['customerName', 'kind', 'language', 'taxCode', 'email', 'address', 'salesAgent', 'ibanTail'] as const;
type TextField = (typeof textFields)[number];

/** `taken`: the fields that earlier batches of this file have filled, a bit each; nothing here changes them again. */
export interface CustomerDraft extends Pick<CustomerRow, TextField> {
  code: string;
  taken: number;
  rows: CustomerRow[];
}

/** Adds a row to what this batch says. */
export function addRowToDraft(draft: CustomerDraft | undefined, row: CustomerRow, taken: number): CustomerDraft {
  const next: CustomerDraft = draft ?? {
    code: row.customerCode, taken, rows: [], customerName: null, kind: null, language: null, taxCode: null, email: null, address: null, salesAgent: null, ibanTail: null,
  };
  textFields.forEach((field, place) => {
    if (row[field] !== null && next[field] === null && (taken & (1 << place)) === 0) Object.assign(next, { [field]: row[field] });
  });
  next.rows.push(row);
  return next;
}

/** The fields that are filled once this batch is stored. */
export function takenAfter(draft: CustomerDraft): number {
  return textFields.reduce((bits, field, place) => (draft[field] === null ? bits : bits | (1 << place)), draft.taken);
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
  iban_tail: string | null;
  numbers: PhoneNumber[];
  parties: Party[];
  addresses: ContactPoint[];
}

/** What the case shall say, from what the hub knows (null = a new case) and what the file says. */
export function mergeDraft(draft: CustomerDraft, known: CustomerFields | null): CustomerFields {
  const taxCode = draft.taxCode ?? known?.tax_code ?? null;
  const email = draft.email ?? known?.email ?? null;
  const parties = addParties(known?.parties ?? [], draft.rows);
  return {
    name: draft.customerName ?? known?.name ?? draft.code,
    kind: draft.kind ?? known?.kind ?? guessKind(draft.customerName, taxCode),
    language: draft.language ?? known?.language ?? null,
    tax_code: taxCode,
    email,
    address: draft.address ?? known?.address ?? null,
    sales_agent: draft.salesAgent ?? known?.sales_agent ?? null,
    iban_tail: draft.ibanTail ?? known?.iban_tail ?? null,
    numbers: addNumbers(known?.numbers ?? [], parties, draft.rows),
    parties,
    addresses: addAddresses(known?.addresses ?? [], parties, draft.rows, email),
  };
}

/** Whether two states of a case's customer fields are the same. */
export function sameFields(a: CustomerFields, b: CustomerFields): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
