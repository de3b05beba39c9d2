/** A number or an address: added as the person says it, changed, or marked as no longer good. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { contactPointFormSchema } from '../../../shared/contract/people-channels.ts';
import type { ContactPointForm as Filled } from '../../../shared/contract/people-channels.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { command } from '../../bridge/desk.ts';
import type { IntentInput } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { Check } from '../../ui/check.tsx';
import { Choice } from '../../ui/choice.tsx';
import { InlineForm } from '../../ui/inline-form.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useAgent } from '../agent/agent-store.ts';
import { useCall } from './call-store.ts';
import { isInFront } from './is-in-front.ts';
import { chosenParty, partyOptions } from './people-words.ts';
import { useRunningCall } from './running-call.ts';
import { useInlineSave } from './use-inline-save.ts';
import { useKept } from './use-kept.ts';

interface Props {
  screen: CaseScreen;
  pointId: string | null;
  /** Of a new one, what was typed already. */
  text: string;
  /** Of a new one. */
  point: Filled['kind'];
  basedOn: IntentInput<'save-contact-point'>['basedOn'];
  onClose: () => void;
}

const kinds = contactPointFormSchema.shape.kind.options;
const sources = contactPointFormSchema.shape.source.options;
const ownFields = ['text'];

export function ContactPointForm({ screen, pointId, text: typed, point, basedOn, onClose }: Props): ReactNode {
  const { t } = useWords();
  const [form, setForm] = useKept<Filled>('form', () => formOf(screen, pointId, typed, point));
  const inCall = useRunningCall((store) => store.call !== null);
  const { saving, errorOf, generalError, clearError, save } = useInlineSave(onClose);
  const change = (patch: Partial<Filled>): void => {
    setForm({ ...form, ...patch });
    clearError();
  };
  const isNew = pointId === null;
  const saveIt = (isToDial: boolean): void => {
    const opened = useCall.getState().inline;
    void save(async () => {
      const saved = await command('save-contact-point', { caseId: screen.caseId, form, basedOn });
      // Who has left the form or the case meanwhile does not want it rung any more.
      if (saved.ok && isToDial && isInFront(screen.caseId) && useCall.getState().inline === opened) useAgent.setState({ toDial: { caseId: screen.caseId, pointId: saved.value.pointId } });
      return saved;
    }, t('people.pointSaved', { what: form.text.trim() }));
  };
  return (
    <InlineForm
      label={t(isNew ? 'people.addPoint' : 'people.changePoint')} saveLabel={t('people.save')} leaveLabel={t('history.leave')} saving={saving}
      problem={generalError(ownFields)} onClose={onClose}
      onSave={() => { saveIt(false); }}
      more={isNew && form.kind === 'phone' && !inCall ? <Button disabled={saving} onClick={() => { saveIt(true); }}>{t('agent.saveAndCall')}</Button> : null}
    >
      {isNew ? (
        <Choice
          label={t('people.pointKind')} value={form.kind} options={kinds.map((value) => ({ value, label: t(`pointKind.${value}`) }))}
          onChange={(value) => { change({ kind: kinds.find((entry) => entry === value) ?? 'phone' }); }}
        />
      ) : null}
      <TextField
        label={t(`pointKind.${form.kind}`)} value={form.text} autoFocus placeholder={t(`people.example.${form.kind}`)} error={errorOf('text')}
        onChange={(text) => { change({ text }); }}
      />
      <Choice
        label={t('people.of')} value={form.partyId ?? ''} options={partyOptions(screen, t)}
        onChange={(value) => { change({ partyId: chosenParty(screen, value) }); }}
      />
      <Choice
        label={t('people.source')} value={form.source} options={sources.map((value) => ({ value, label: t(`contactSource.${value}`) }))}
        onChange={(value) => { change({ source: sources.find((entry) => entry === value) ?? 'given-by-person' }); }}
      />
      {form.kind === 'phone' ? <Check label={t('people.workplace')} checked={form.workplace} onChange={(workplace) => { change({ workplace }); }} /> : null}
      {isNew ? null : <Check label={t('people.usable')} checked={form.usable} onChange={(usable) => { change({ usable }); }} />}
    </InlineForm>
  );
}

function formOf(screen: CaseScreen, pointId: string | null, typed: string, kind: Filled['kind']): Filled {
  const blank = { pointId: null, kind, partyId: null, text: typed, source: 'given-by-person', workplace: false, usable: true } as const;
  const number = screen.numbers.find((entry) => entry.numberId === pointId);
  if (number !== undefined) {
    const { numberId, partyId, raw, source, workplace } = number;
    return { ...blank, pointId: numberId, kind: 'phone', partyId, text: raw, workplace, source: sourceOf(source) };
  }
  const address = screen.addresses.find((entry) => entry.pointId === pointId);
  if (address === undefined) return blank;
  return { ...blank, pointId: address.pointId, kind: address.kind, partyId: address.partyId, text: address.raw, usable: address.usable, source: sourceOf(address.source) };
}

/** What an operator changes no longer comes from the file: somebody on the phone said so. */
function sourceOf(source: CaseScreen['numbers'][number]['source']): Filled['source'] {
  return source === 'file' ? 'given-by-person' : source;
}
