import type { Party } from '../../../shared/case/party.ts';
import { readTaxCode } from '../../../shared/case/read-tax-code.ts';
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { PartyId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { commitCaseFact } from './commit-case-fact.ts';

/** Adds, changes or removes somebody with a role in the case. */
export function saveParty(session: Session, input: CommandRequest<'save-party'>): Result<CommandOutput<'save-party'>> {
  return commitCaseFact(session, 'save-party', 'party-saved', input, ({ view }) => {
    const { form } = input;
    const known = form.partyId === null || view.parties.some(({ partyId }) => partyId === form.partyId);
    if (!known) return fail('party-not-found', 'error.partyNotFound');
    const name = form.name.trim().slice(0, 200);
    if (name === '') return fail('name-missing', 'error.partyNameMissing', { field: 'name' });
    const language = form.language.trim().toLowerCase();
    if (language !== '' && !/^[a-z]{2,3}$/.test(language)) return fail('language-unreadable', 'error.languageUnreadable', { field: 'language' });
    const taxCode = form.taxCode.trim() === '' ? ok(null) : readTaxCode(form.taxCode);
    if (!taxCode.ok) return taxCode;
    const party: Party = {
      partyId: form.partyId ?? newId<PartyId>(), role: form.role, name, mayBeTold: form.mayBeTold, language: language === '' ? null : language,
      taxCode: taxCode.value?.code ?? null, note: form.note.trim() === '' ? null : form.note.trim(),
    };
    return ok({ body: { party, removed: form.removed }, said: { partyId: party.partyId } });
  });
}
