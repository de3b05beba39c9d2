/** Somebody with a role in the case: added, changed or taken out, where they stand. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { partyRoles, toldByDefault, usualNewRole } from '../../../shared/case/party.ts';
import type { PartyForm as Filled } from '../../../shared/contract/people-channels.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { command } from '../../bridge/desk.ts';
import type { IntentInput } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { Check } from '../../ui/check.tsx';
import { Choice } from '../../ui/choice.tsx';
import { InlineForm } from '../../ui/inline-form.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { DelicateHint } from './delicate-hint.tsx';
import { languageOptions } from './people-words.ts';
import { useInlineSave } from './use-inline-save.ts';
import { useKept } from './use-kept.ts';

interface Props {
  screen: CaseScreen;
  partyId: string | null;
  basedOn: IntentInput<'save-party'>['basedOn'];
  onClose: () => void;
}

const ownFields = ['name', 'language', 'taxCode', 'note'];

export function PartyForm({ screen, partyId, basedOn, onClose }: Props): ReactNode {
  const { t, locale } = useWords();
  const [form, setForm] = useKept<Filled>('form', () => formOf(screen, partyId));
  const { saving, errorOf, generalError, clearError, save } = useInlineSave(onClose);
  const change = (patch: Partial<Filled>): void => {
    setForm({ ...form, ...patch });
    clearError();
  };
  const send = (removed: boolean): void => {
    const said = t(removed ? 'people.partyRemoved' : 'people.partySaved', { name: form.name.trim() });
    void save(() => command('save-party', { caseId: screen.caseId, form: { ...form, removed }, basedOn }), said);
  };
  return (
    <InlineForm
      label={t(partyId === null ? 'people.addParty' : 'people.changeParty')} saveLabel={t('people.save')} leaveLabel={t('history.leave')} saving={saving}
      problem={generalError(ownFields)} onSave={() => { send(false); }} onClose={onClose}
      more={partyId === null ? null : <Button className="quiet" onClick={() => { send(true); }}>{t('people.remove')}</Button>}
    >
      <TextField label={t('outcomeForm.name')} value={form.name} autoFocus error={errorOf('name')} onChange={(name) => { change({ name }); }} />
      <Choice
        label={t('people.role')} value={form.role} options={partyRoles.map((value) => ({ value, label: t(`partyRole.${value}`) }))}
        onChange={(value) => {
          const role = partyRoles.find((entry) => entry === value);
          // Whoever is new may be told what the role usually may; a choice made before stays.
          if (role !== undefined) change({ role, ...(partyId === null ? { mayBeTold: toldByDefault[role] } : {}) });
        }}
      />
      <Check label={t('people.mayBeTold')} checked={form.mayBeTold} onChange={(mayBeTold) => { change({ mayBeTold }); }} />
      <Choice
        label={t('fact.language')} value={form.language} none={t('people.languageOfCase')} error={errorOf('language')}
        options={languageOptions(form.language, locale)} onChange={(language) => { change({ language }); }}
      />
      <TextField label={t('fact.taxCode')} value={form.taxCode} error={errorOf('taxCode')} maxLength={40} onChange={(taxCode) => { change({ taxCode }); }} />
      <TextField
        label={t('outcomeForm.note')} value={form.note} placeholder={t('outcomeForm.noteHint')} error={errorOf('note')} maxLength={500}
        onChange={(note) => { change({ note }); }}
      />
      <DelicateHint text={form.note} />
    </InlineForm>
  );
}

function formOf(screen: CaseScreen, partyId: string | null): Filled {
  const party = screen.parties.find((entry) => entry.partyId === partyId);
  if (party === undefined) {
    const role = usualNewRole[screen.customer.kind];
    return { partyId: null, role, name: '', mayBeTold: toldByDefault[role], language: '', taxCode: '', note: '', removed: false };
  }
  return { ...party, language: party.language ?? '', taxCode: party.taxCode ?? '', note: party.note ?? '', removed: false };
}
