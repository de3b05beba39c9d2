/** What an operator asks to be mailed, at the desk: after a call in which the person was known, once, with the file that the case has. */
import { expect, it } from 'vitest';
import type { CommandRequest } from '../../../shared/contract/contract.ts';
import type { CallId, FactId, PartyId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { CaseFact } from '../../../shared/case/case-entity.ts';
import { sampleToday } from '../../../shared/testing/sample-case.ts';
import { instantOf } from '../../../shared/time.ts';
import type { ActsDesk } from '../../../tests/support/acts-desk.ts';
import { openActsDesk, refusal, saidFact } from '../../../tests/support/acts-desk.ts';
import { readCaseFacts } from '../store/fact-store.ts';
import { showMail } from '../queries/show-mail.ts';
import { requestMail } from './request-mail.ts';

const to = 'tigli12@posta.example';
const callId = newId<CallId>();
const customer = { code: '0042', name: 'Condominio Via dei Tigli 12', kind: 'condominium' as const, language: 'it', taxCode: null, email: to, address: null, salesAgent: null, ibanTail: null };
const attached = (): CaseFact => saidFact('attachment-added', 0, { attachmentId: newId(), fileName: 'Copia.pdf', mediaType: 'application/pdf', sizeBytes: 10, sha256: 'a'.repeat(64), note: null });
const identified = (): CaseFact => ({ ...saidFact('identity-checked', 0, { result: 'confirmed', method: 'customer-code', partyId: null }), callId, at: instantOf(sampleToday, '11:00', 'Europe/Rome') });

function input(desk: ActsDesk, attachmentFactId: FactId | null, parts: Partial<CommandRequest<'request-mail'>> = {}): CommandRequest<'request-mail'> {
  return { ...desk.about, basedOn: desk.basedOn, what: 'document', attachmentFactId, invoiceIds: [], to, partyId: null, readBack: true, agreed: true, language: 'it', ...parts };
}

it('writes one fact of the call, however often it is sent', () => {
  const file = attached();
  const desk = openActsDesk('collector', () => [file, identified()], { customer });
  const asked = input(desk, file.id);
  const done = requestMail(desk.session, asked);
  expect(done.ok).toBe(true);
  expect(requestMail(desk.session, asked)).toEqual(done);
  expect(desk.written('mail-requested')).toEqual([{ what: 'document', attachmentFactId: file.id, invoiceIds: [], to, partyId: null, readBack: true, agreed: true, language: 'it' }]);
  expect(readCaseFacts(desk.session.db, desk.entity.caseId).find(({ type }) => type === 'mail-requested')?.callId).toBe(callId);
  expect(showMail(desk.session, { caseId: desk.entity.caseId })).toMatchObject({ ok: true, value: { lock: null, addresses: [{ to, lock: null, confirmedAt: desk.session.clock.nowMs() }], files: [{ factId: file.id }] } });
  // Read back a moment ago: a second letter needs no second reading.
  expect(refusal(requestMail(desk.session, input(desk, file.id, { readBack: false })))).toBeNull();
});

it('refuses what the lock refuses, what nobody wanted, and what is not there', () => {
  const file = attached();
  const desk = openActsDesk('collector', () => [file, identified()], { customer });
  const ask = (attachmentFactId: FactId | null, parts: Partial<CommandRequest<'request-mail'>> = {}): unknown => refusal(requestMail(desk.session, input(desk, attachmentFactId, parts)));
  expect(ask(file.id, { readBack: false })).toEqual(['mail-locked', 'readBack']);
  expect(ask(file.id, { to: 'altro@posta.example' })).toEqual(['mail-locked', 'to']);
  expect(ask(file.id, { partyId: newId<PartyId>() })).toEqual(['mail-locked', 'to']);
  expect(ask(file.id, { agreed: false })).toEqual(['mail-not-agreed', 'agreed']);
  expect(ask(newId<FactId>())).toEqual(['mail-file-missing', 'what']);
  expect(ask(null)).toEqual(['mail-file-missing', 'what']);
  expect(ask(null, { what: 'invoice-copy' })).toEqual(['mail-invoice-missing', 'invoices']);
  expect(desk.written('mail-requested')).toEqual([]);
  expect(ask(null, { what: 'invoice-copy', invoiceIds: desk.entity.invoices.slice(0, 1).map(({ invoiceId }) => invoiceId) })).toBeNull();
});

it('refuses where nobody was known today, and says so before anything is filled in', () => {
  const file = attached();
  const desk = openActsDesk('collector', () => [file], { customer });
  expect(requestMail(desk.session, input(desk, file.id))).toMatchObject({ ok: false, error: { code: 'mail-locked', messageKey: 'error.mailLock.nobody-identified' } });
  expect(showMail(desk.session, { caseId: desk.entity.caseId })).toMatchObject({ ok: true, value: { lock: 'nobody-identified' } });
});
