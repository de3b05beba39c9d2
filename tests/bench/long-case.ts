/** A customer as old cases are: 40 invoices and 500 things that happened, the newest ten days ago. */
import type { CaseEntity, CaseFact } from '../../shared/case/case-entity.ts';
import { caseEntitySchema } from '../../shared/case/case-entity.ts';
import type { FactType } from '../../shared/facts/fact-bodies.ts';
import { factVersions } from '../../shared/facts/fact-bodies.ts';
import { noParts, outcomeBodySchema } from '../../shared/facts/outcome-body.ts';
import { newId } from '../../shared/id.ts';
import { addDays, dateOfInstant } from '../../shared/time.ts';

const HOUR_MS = 3_600_000;
const ZONE = 'Europe/Rome';
const attempts = ['NA', 'LB', 'AM', 'NA', 'HU', 'TPC', 'NA', 'RPC'] as const;

export const longCaseName = 'Amministrazione Palazzo Aragona';
export const longCaseInvoices = 40;
export const longCaseEntries = 500;

export function longCase(nowMs: number): CaseEntity {
  const today = dateOfInstant(nowMs, ZONE);
  const numberId = newId();
  return caseEntitySchema.parse({
    caseId: newId(), customerId: newId(), creditorId: newId(), creditorName: 'Acque del Sele',
    customer: {
      code: 'C900001', name: longCaseName, kind: 'condominium', language: 'it', taxCode: '96012340764', email: 'amministrazione@example.org',
      address: 'Via dei Tigli 12, 85100 Potenza', salesAgent: null,
    },
    numbers: [
      { numberId, raw: '0971 000 123', e164: '+390971000123', country: 'IT', kind: 'landline', usable: true },
      { numberId: newId(), raw: '347 0000123', e164: '+393470000123', country: 'IT', kind: 'mobile', usable: true },
    ],
    invoices: Array.from({ length: longCaseInvoices }, (_, index) => {
      const dueDate = addDays(today, 20 - index * 9);
      return {
        invoiceId: newId(), number: `2026/${String(index).padStart(5, '0')}`, issueDate: addDays(dueDate, -30), dueDate, amountCents: 10_000 + index * 731,
        residualCents: 10_000 + index * 700, currency: 'EUR', documentType: null, settledOn: null, disputedInFile: index % 13 === 0,
      };
    }),
    recoveryApprovedOn: null,
    facts: Array.from({ length: longCaseEntries }, (_, index) => longCaseFact(index, nowMs - 240 * HOUR_MS - (longCaseEntries - index) * 20 * HOUR_MS, numberId)),
  });
}

/** Four attempts or conversations to a note. */
function longCaseFact(index: number, at: number, numberId: string): Record<keyof CaseFact, unknown> {
  const isNote = index % 5 === 4;
  const type: FactType = isNote ? 'note-added' : 'outcome-recorded';
  const note = `Voce ${String(index)}: chiede di essere richiamato dopo la riunione del condominio.`;
  const code = attempts[index % attempts.length] ?? 'NA';
  return {
    id: newId(), type, version: factVersions[type], callId: null, at, zone: ZONE, actor: newId(),
    basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null },
    body: isNote ? { text: note } : outcomeBodySchema.parse({
      code, channel: 'phone-outbound', numberId, partyId: null, ...noParts, cause: code === 'RPC' ? 'forgot' : null, note: index % 3 === 0 ? note : null,
    }),
  };
}
