/** How and when somebody wishes to be reached, or not at all. */
import type { ReactNode } from 'react';
import { readTypedHours } from '../../../shared/case/read-typed-hours.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { doNotCallOf, doNotCallScopes, preferencesSchema } from '../../../shared/facts/contact-bodies.ts';
import { ok } from '../../../shared/result.ts';
import { command } from '../../bridge/desk.ts';
import type { IntentInput } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { Choice } from '../../ui/choice.tsx';
import { InlineForm } from '../../ui/inline-form.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { DelicateHint } from './delicate-hint.tsx';
import { chosenParty, languageOptions, partyOptions } from './people-words.ts';
import { useInlineSave } from './use-inline-save.ts';
import { useKept } from './use-kept.ts';

interface Props {
  screen: CaseScreen;
  partyId: string | null;
  basedOn: IntentInput<'save-preferences'>['basedOn'];
  onClose: () => void;
}

interface Filled { partyId: string; channel: string; hoursText: string; doNotCall: string; language: string; note: string }

const channels = preferencesSchema.shape.channel.unwrap().options;
const ownFields = ['hours'];

export function PreferencesForm({ screen, partyId, basedOn, onClose }: Props): ReactNode {
  const { t, locale } = useWords();
  const [form, setForm] = useKept<Filled>('form', () => formOf(screen, partyId ?? ''));
  const { saving, errorOf, generalError, clearError, fail, save } = useInlineSave(onClose);
  const change = (patch: Partial<Filled>): void => {
    setForm({ ...form, ...patch });
    clearError();
  };
  const send = (): void => {
    const hours = form.hoursText.trim() === '' ? ok(null) : readTypedHours(form.hoursText, 'hours');
    if (!hours.ok) {
      fail(hours.error);
      return;
    }
    const scope = doNotCallScopes.find((entry) => entry === form.doNotCall) ?? null;
    const preferences = {
      partyId: chosenParty(screen, form.partyId), channel: channels.find((entry) => entry === form.channel) ?? null, hours: hours.value,
      doNotCall: scope !== null, ...(scope !== null && { doNotCallScope: scope }), language: form.language === '' ? null : form.language, note: form.note.trim() === '' ? null : form.note.trim(),
    };
    void save(() => command('save-preferences', { caseId: screen.caseId, preferences, basedOn }), t('people.preferencesSaved'));
  };
  return (
    <InlineForm
      label={t('people.preferences')} saveLabel={t('people.save')} leaveLabel={t('history.leave')} saving={saving} problem={generalError(ownFields)}
      onSave={send} onClose={onClose}
    >
      {screen.parties.length === 0 ? null : (
        <Choice label={t('people.of')} value={form.partyId} options={partyOptions(screen, t)} onChange={(value) => { setForm(formOf(screen, value)); clearError(); }} />
      )}
      <TextField
        label={t('people.hours')} value={form.hoursText} autoFocus placeholder={t('people.hoursExample')} error={errorOf('hours')}
        onChange={(hoursText) => { change({ hoursText }); }}
      />
      <Choice
        label={t('people.channel')} value={form.channel} none={t('people.noPreference')} options={channels.map((value) => ({ value, label: t(`preferredChannel.${value}`) }))}
        onChange={(channel) => { change({ channel }); }}
      />
      <Choice
        label={t('fact.language')} value={form.language} none={t('people.noPreference')} options={languageOptions(form.language, locale)}
        onChange={(language) => { change({ language }); }}
      />
      <Choice
        label={t('people.calls')} value={form.doNotCall} none={t('people.mayCall')} options={doNotCallScopes.map((value) => ({ value, label: t(`people.doNotCallOf.${value}`) }))}
        onChange={(doNotCall) => { change({ doNotCall }); }}
      />
      <p className="dim">{t('people.oneNumber')}</p>
      <TextField
        label={t('outcomeForm.note')} value={form.note} placeholder={t('outcomeForm.noteHint')} error={null} maxLength={500}
        onChange={(note) => { change({ note }); }}
      />
      <DelicateHint text={form.note} />
    </InlineForm>
  );
}

function formOf(screen: CaseScreen, partyId: string): Filled {
  const known = screen.preferences.find((entry) => (entry.partyId ?? '') === partyId);
  const { hours = null, channel = null, language = null, note = null } = known ?? {};
  return {
    partyId, channel: channel ?? '', hoursText: hours === null ? '' : `${hours.from}-${hours.to}`, doNotCall: known === undefined ? '' : doNotCallOf(known) ?? '', language: language ?? '', note: note ?? '',
  };
}
