/**
 * Somebody got in touch and nobody could find whose case it is: how, who, what they wanted. It stays an open task for whoever answers.
 *
 * Invariant: only what the person said stands here; no case is looked at for it.
 */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { TaskChannel } from '../../../shared/facts/contact-task-bodies.ts';
import { CONTACT_TEXT_MOST, CONTACT_WHO_MOST, noteChannels } from '../../../shared/facts/contact-task-bodies.ts';
import { creditorIdSchema } from '../../../shared/id.ts';
import type { AppError } from '../../../shared/result.ts';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { Choice } from '../../ui/choice.tsx';
import { InlineForm } from '../../ui/inline-form.tsx';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { reasonsOfText } from '../call/contact-reasons.ts';
import { ReasonChips } from '../call/reason-chips.tsx';

/** @param number of whoever is on the line, or was */
export function NoteContact({ number }: { number: string }): ReactNode {
  const { t } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  const open = (): void => { setIsOpen(true); };
  useShortcuts({ noteContact: open });
  return (
    <section className="note-contact" aria-labelledby="note-contact-title">
      <h2 id="note-contact-title">{t('contactTask.noteTitle')}</h2>
      {isOpen ? <NoteForm number={number} onClose={() => { setIsOpen(false); }} /> : <Button onClick={open}>{t('contactTask.noteOpen')} <ShortcutHint id="noteContact" /></Button>}
    </section>
  );
}

function NoteForm({ number, onClose }: { number: string; onClose: () => void }): ReactNode {
  const { t, format } = useWords();
  const [channel, setChannel] = useState<Exclude<TaskChannel, 'missed-call'>>('phone');
  const [who, setWho] = useState(number);
  const [reasons, setReasons] = useState('');
  const [text, setText] = useState('');
  const [creditor, setCreditor] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const [saving, setSaving] = useState(false);
  const creditors = useQuery('list-contact-tasks', {}).data?.creditors ?? [];
  const save = async (): Promise<void> => {
    if (saving) return;
    setSaving(true);
    const noted = await command('note-contact', { channel, who, reasons: reasonsOfText(reasons), text, creditorId: creditorIdSchema.safeParse(creditor).data ?? null });
    setSaving(false);
    if (!noted.ok) {
      setError(noted.error);
      return;
    }
    useNotice.getState().say(t('contactTask.noted'));
    onClose();
  };
  const errorOf = (field: string): string | null => (error?.details['field'] === field ? errorSentence(error, t, format) : null);
  return (
    <div onChange={() => { setError(null); }} onKeyDown={(event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      onClose();
    }}>
      <InlineForm
        label={t('contactTask.noteTitle')} saveLabel={t('contactTask.save')} leaveLabel={t('contactTask.back')} saving={saving}
        problem={error === null || error.details['field'] !== undefined ? null : errorSentence(error, t, format)} onSave={() => { void save(); }} onClose={onClose}
      >
        <Choice
          label={t('contactTask.how')} value={channel} options={noteChannels.map((value) => ({ value, label: t(`contactTask.channel.${value}`) }))}
          onChange={(value) => { setChannel(noteChannels.find((one) => one === value) ?? 'elsewhere'); }}
        />
        <TextField label={t('contactTask.who')} value={who} maxLength={CONTACT_WHO_MOST} placeholder={t('contactTask.whoHint')} error={errorOf('who')} autoFocus onChange={setWho} />
        {creditors.length === 0 ? null : <Choice label={t('contactTask.creditor')} value={creditor} none={t('contactTask.creditorUnknown')} options={creditors.map(({ creditorId, creditorName }) => ({ value: creditorId, label: creditorName }))} onChange={setCreditor} />}
        <ReasonChips reasons={reasons} isCall={channel === 'phone'} error={null} onChange={setReasons} />
        <TextField label={t('contactTask.text')} value={text} maxLength={CONTACT_TEXT_MOST} error={errorOf('text')} onChange={setText} />
      </InlineForm>
    </div>
  );
}
