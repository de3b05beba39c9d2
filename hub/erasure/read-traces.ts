/** By what a person is known at the hub: to recognise them in files that hold no ids. */
import { z } from 'zod';
import { phoneNumberSchema } from '../../shared/case/case-entity.ts';
import { contactPointSchema } from '../../shared/case/party.ts';
import type { CaseId } from '../../shared/id.ts';
import type { Tx } from '../store/tables.ts';

export interface PersonTraces {
  /** Creditor and customer code, one per case. */
  codes: { creditorName: string; code: string }[];
  names: string[];
  /** Tax codes and e-mail addresses: nobody else has them. */
  unique: string[];
  /** Digits only. */
  phones: string[];
}

export async function readTraces(tx: Tx, caseIds: readonly CaseId[]): Promise<PersonTraces> {
  const traces: PersonTraces = { codes: [], names: [], unique: [], phones: [] };
  if (caseIds.length === 0) return traces;
  const rows = await tx.selectFrom('cases').innerJoin('creditors', 'creditors.creditor_id', 'cases.creditor_id')
    .selectAll('cases').select('creditors.name as creditor_name').where('case_id', 'in', [...caseIds]).orderBy('case_id').execute();
  for (const row of rows) {
    traces.codes.push({ creditorName: row.creditor_name, code: row.customer_code });
    traces.names.push(row.name);
    traces.unique.push(...[row.tax_code, row.email].filter((value) => value !== null));
    for (const point of z.array(contactPointSchema).parse(JSON.parse(row.addresses))) {
      if (point.partyId === null && point.kind !== 'post') traces.unique.push(point.raw);
    }
    for (const number of z.array(phoneNumberSchema).parse(JSON.parse(row.numbers))) {
      traces.phones.push(number.raw.replace(/\D/g, ''), (number.e164 ?? '').replace(/\D/g, ''));
    }
  }
  return traces;
}
