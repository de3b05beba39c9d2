import { describe, expect, it } from 'vitest';
import type { FactType } from '../facts/fact-bodies.ts';
import { factVersions } from '../facts/fact-bodies.ts';
import type { MailRequestedBody } from '../facts/mail-bodies.ts';
import { mailRequestedBodySchema } from '../facts/mail-bodies.ts';
import { noParts } from '../facts/outcome-body.ts';
import type { CallId, FactId, NumberId, PartyId, UserId } from '../id.ts';
import { newId } from '../id.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../testing/sample-case.ts';
import { addDays, instantOf } from '../time.ts';
import type { CaseEntity, CaseFact } from './case-entity.ts';
import type { MailLock } from './find-mail-lock.ts';
import { findMailLock, listMailAddresses } from './find-mail-lock.ts';
import { foldCase } from './fold-case.ts';

const zone = 'Europe/Rome';
const nowMs = instantOf(sampleToday, '12:00', zone);
const MINUTE_MS = 60_000;
const callId = newId<CallId>();
const holder = 'rossi@posta.example';
const guarantor = newId<PartyId>();
const lawyer = newId<PartyId>();

function fact(type: FactType, body: object, at = nowMs - 5 * MINUTE_MS, call: CallId | null = null): CaseFact {
  return {
    id: newId<FactId>(), type, version: factVersions[type], callId: call, at, zone, actor: newId<UserId>(),
    basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null }, body: body as CaseFact['body'],
  };
}

const identified = (at = nowMs - 5 * MINUTE_MS): CaseFact => fact('identity-checked', { result: 'confirmed', method: 'customer-code', partyId: null }, at, callId);
const asked = (parts: Partial<MailRequestedBody> = {}, at = nowMs - 60 * MINUTE_MS): CaseFact => fact('mail-requested', mailRequestedBodySchema.parse({
  what: 'coordinates', attachmentFactId: newId(), invoiceIds: [], to: holder, partyId: null, readBack: true, agreed: true, language: 'it', ...parts,
}), at, callId);
const point = (raw: string, partyId: PartyId | null, parts: object = {}): CaseEntity['addresses'][number] => (
  { kind: 'email', pointId: newId<NumberId>(), partyId, raw, source: 'file', usable: true, workplace: false, ...parts });
const party = (partyId: PartyId, role: 'guarantor' | 'representative', mayBeTold: boolean): CaseEntity['parties'][number] => (
  { partyId, role, name: 'X', mayBeTold, language: null, taxCode: null, note: null });
const base = sampleCase([sampleInvoice('1', 20, 10_000)], {
  parties: [party(guarantor, 'guarantor', false), party(lawyer, 'representative', true)], addresses: [point('garante@posta.example', guarantor), point('legale@posta.example', lawyer), point('sbagliato', null)],
});
const entity: CaseEntity = { ...base, customer: { ...base.customer, email: holder } };
const policy = { doNotCallChannels: ['phone'] as ('phone' | 'email')[], breathingSpaceDays: 60 as number | null };

interface Ask { to?: string; partyId?: PartyId | null; readBack?: boolean; callId?: CallId | null; of?: CaseEntity; rules?: typeof policy }
function lock(facts: CaseFact[], { to = holder, partyId = null, readBack = true, of = entity, rules = policy, ...more }: Ask = {}): MailLock | null {
  return findMailLock({ entity: of, folded: foldCase(facts), policy: rules, nowMs, zone }, { to, partyId, readBack, ...more });
}
const outcome = (code: 'DEC' | 'LAW' | 'DSP', parts: object = {}): CaseFact => fact('outcome-recorded', { code, channel: 'phone-outbound', numberId: null, partyId: null, cause: null, note: null, ...noParts, ...parts });

describe('something goes by mail', () => {
  it('to an address that was read back in a call in which the person was known', () => {
    expect(lock([identified()])).toBeNull();
    expect(lock([identified()], { to: ' ROSSI@posta.example ' })).toBeNull();
    expect(lock([identified()], { readBack: false })).toBe('not-read-back');
    expect(lock([identified(), asked()], { readBack: false })).toBeNull();
    // Read back to nobody known, or only later.
    expect(lock([identified(), { ...asked(), callId: null }], { readBack: false })).toBe('not-read-back');
    expect(lock([identified(), asked({}, nowMs + 1)], { readBack: false })).toBe('not-read-back');
  });

  it('not without a call of today, nor for a call in which nobody was known', () => {
    expect(lock([])).toBe('nobody-identified');
    expect(lock([identified(instantOf(addDays(sampleToday, -1), '12:00', zone))])).toBe('nobody-identified');
    expect(lock([identified()], { callId: newId<CallId>() })).toBe('nobody-identified');
    expect(lock([identified()], { callId: null })).toBe('nobody-identified');
    expect(lock([identified()], { callId })).toBeNull();
    expect(lock([identified(), fact('identity-checked', { result: 'third-party', method: null, partyId: null }, nowMs - 1, callId)])).toBe('nobody-identified');
  });

  it('not to an address that the case does not know, that is none, or of somebody who may not be told', () => {
    expect(lock([identified()], { to: 'altro@posta.example' })).toBe('address-unknown');
    expect(lock([identified()], { to: holder, partyId: lawyer })).toBe('address-unknown');
    expect(lock([identified()], { to: 'sbagliato' })).toBe('address-unreadable');
    expect(lock([identified()], { to: 'garante@posta.example', partyId: guarantor })).toBe('party-not-told');
    const gone = fact('contact-point-saved', { point: point(holder, null, { usable: false }) });
    expect(lock([identified(), gone])).toBe('address-unknown');
  });

  it('not while contact is stopped, whatever was confirmed', () => {
    expect(lock([identified(), outcome('DEC')])).toBe('stopped');
    const spoken = outcome('LAW', { represented: { name: 'Avv. Bruno', contact: '' } });
    expect(lock([identified(), spoken])).toBe('represented');
    expect(lock([identified(), spoken], { to: 'legale@posta.example', partyId: lawyer })).toBeNull();
    const suspended = (until: string | null, invoiceId: string | null = null): CaseFact => fact('activity-suspended', { kind: 'suspended', invoiceId, until, reason: 'verifica in corso' });
    expect(lock([identified(), suspended(null)])).toBe('suspended');
    expect(lock([identified(), suspended(sampleToday)])).toBe('suspended');
    expect(lock([identified(), suspended(addDays(sampleToday, -1))])).toBeNull();
    expect(lock([identified(), suspended(null, entity.invoices[0]?.invoiceId ?? null)])).toBeNull();
    const pause = fact('support-need-saved', { consent: 'given', needs: ['breathing-space'], reviewOn: null });
    expect(lock([identified(), pause])).toBe('breathing-space');
    expect(lock([identified(), pause], { rules: { ...policy, breathingSpaceDays: null } })).toBeNull();
    const refuses = fact('preferences-saved', { preferences: { partyId: null, channel: null, hours: null, doNotCall: true, language: null, note: null } });
    expect(lock([identified(), refuses])).toBeNull();
    expect(lock([identified(), refuses], { rules: { ...policy, doNotCallChannels: ['phone', 'email'] } })).toBe('do-not-write');
  });

  it('during a dispute too: it is the customer who asks', () => {
    const dispute = { reason: 'price', invoiceId: entity.invoices[0]?.invoiceId, amountCents: null, currency: 'EUR', proof: 'none', owner: null, dueOn: null };
    expect(lock([identified(), outcome('DSP', { dispute })])).toBeNull();
  });
});

it('an address that a server refused since must be read back again', () => {
  const first = asked();
  const refused: CaseEntity = { ...entity, mails: [{ causeFactId: first.id, state: 'failed', code: 'address-refused', at: nowMs - 1 }] };
  expect(lock([identified(), first], { of: refused, readBack: false })).toBe('not-read-back');
  expect(lock([identified(), first, asked({}, nowMs - MINUTE_MS)], { of: refused, readBack: false })).toBeNull();
  const down: CaseEntity = { ...entity, mails: [{ causeFactId: first.id, state: 'failed', code: 'gave-up', at: nowMs - 1 }] };
  expect(lock([identified(), first], { of: down, readBack: false })).toBeNull();
});

it('each address stands once for each person, the file’s own among them, whatever the order of the facts', () => {
  const facts = [identified(), asked(), fact('contact-point-saved', { point: point('Rossi@Posta.example', null) }), fact('contact-point-saved', { point: point('nuovo@posta.example', null) })];
  const seen = (ordered: CaseFact[]): unknown => listMailAddresses({ entity, folded: foldCase(ordered), nowMs }).map(({ to, partyId, confirmedAt }) => [to, partyId, confirmedAt !== null]);
  expect(seen(facts)).toEqual([[holder, null, true], ['garante@posta.example', guarantor, false], ['legale@posta.example', lawyer, false], ['sbagliato', null, false], ['nuovo@posta.example', null, false]]);
  expect(seen(facts.toReversed())).toEqual(seen(facts));
  expect(foldCase([...facts, ...facts].toReversed()).mails).toEqual(foldCase(facts).mails);
});

it('what is asked for names its file, or the invoices whose copy the creditor has', () => {
  const body = { what: 'coordinates', attachmentFactId: newId(), invoiceIds: [], to: holder, partyId: null, readBack: true, agreed: true, language: 'it' };
  const isTaken = (change: object): boolean => mailRequestedBodySchema.safeParse({ ...body, ...change }).success;
  expect([isTaken({}), isTaken({ attachmentFactId: null }), isTaken({ invoiceIds: [newId()] }), isTaken({ agreed: false }), isTaken({ to: 'a@b' })]).toEqual([true, false, false, false, false]);
  expect([isTaken({ what: 'invoice-copy' }), isTaken({ what: 'invoice-copy', invoiceIds: [newId()] }), isTaken({ what: 'invoice-copy', invoiceIds: [newId()], attachmentFactId: null })]).toEqual([false, true, true]);
});
