import { normalisePhone } from '../../../shared/case/normalise-phone.ts';
import type { ContactPoint } from '../../../shared/case/party.ts';
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { ContactPointForm } from '../../../shared/contract/people-channels.ts';
import type { NumberId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { commitCaseFact } from './commit-case-fact.ts';

/** Adds or changes a number or an address, or says that it no longer serves. */
export function saveContactPoint(session: Session, input: CommandRequest<'save-contact-point'>): Result<CommandOutput<'save-contact-point'>> {
  return commitCaseFact(session, 'save-contact-point', 'contact-point-saved', input, ({ view }) => {
    const point = readPoint(input.form);
    if (!point.ok) return point;
    const { pointId, partyId } = point.value;
    const isNew = input.form.pointId === null;
    const known = view.numbers.some(({ numberId }) => numberId === pointId) || view.addresses.some((address) => address.pointId === pointId);
    if (!isNew && !known) return fail('contact-point-not-found', 'error.contactPointNotFound');
    if (partyId !== null && !view.parties.some((party) => party.partyId === partyId)) return fail('party-not-found', 'error.partyNotFound');
    const e164 = point.value.kind === 'phone' ? point.value.e164 : null;
    if (isNew && e164 !== null && view.numbers.some((number) => number.e164 === e164 && number.usable)) {
      return fail('number-known', 'error.numberKnown', { field: 'text' });
    }
    return ok({ body: { point: point.value }, said: { pointId } });
  });
}

function readPoint(form: ContactPointForm): Result<ContactPoint> {
  const raw = form.text.trim();
  const { kind, partyId, source, workplace, usable } = form;
  const base = { pointId: form.pointId ?? newId<NumberId>(), partyId, raw, source, usable, workplace };
  switch (kind) {
    case 'phone': {
      const [phone, ...others] = normalisePhone(raw);
      if (phone === undefined || others.length > 0 || !phone.usable) return fail('number-unreadable', 'error.numberUnreadable', { text: raw, field: 'text' });
      return ok({ kind, ...base, e164: phone.e164, country: phone.country, numberKind: phone.kind });
    }
    case 'email':
    case 'pec':
      if (!/^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(raw)) return fail('address-unreadable', 'error.emailUnreadable', { text: raw, field: 'text' });
      return ok({ kind, ...base });
    case 'post':
      return raw.length < 5 ? fail('address-missing', 'error.addressMissing', { field: 'text' }) : ok({ kind, ...base });
  }
}
