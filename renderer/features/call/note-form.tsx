/** A note of its own, without a call: written where it will stand. */
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import type { IntentInput } from '../../bridge/desk.ts';
import type { CaseId } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Field } from '../../ui/field.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { DelicateHint } from './delicate-hint.tsx';
import { checkNote } from './outcome-form.ts';
import { useInlineSave } from './use-inline-save.ts';
import { useKept } from './use-kept.ts';

interface Props {
  caseId: CaseId;
  basedOn: IntentInput<'add-note'>['basedOn'];
  onClose: () => void;
}

export function NoteForm({ caseId, basedOn, onClose }: Props): ReactNode {
  const { t, format } = useWords();
  const [text, setText] = useKept('text', () => '');
  const { error, fail, clearError, save: send } = useInlineSave(onClose);
  const save = async (): Promise<void> => {
    const tooLong = checkNote(text);
    if (tooLong === null) await send(() => command('add-note', { caseId, text, basedOn }), t('status.noteSaved'));
    else fail(tooLong);
  };
  return (
    <form
      className="inline-form" aria-label={t('history.addNote')}
      onSubmit={(event) => { event.preventDefault(); void save(); }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void save();
        }
      }}
    >
      <Field label={t('history.noteText')} stacked error={error === null ? null : errorSentence(error, t, format)} hint={t('outcomeForm.noteHint')}>
        {({ id, describedBy, invalid }) => (
          <InputBase
            id={id} multiline minRows={3} fullWidth autoFocus value={text} error={invalid} inputProps={{ 'aria-describedby': describedBy, 'aria-invalid': invalid }}
            onChange={(event) => { setText(event.target.value); clearError(); }}
          />
        )}
      </Field>
      <DelicateHint text={text} />
      <div className="inline-actions">
        <Button type="submit" className="primary">{t('history.saveNote')} <KeyHint keys="Ctrl ↵" /></Button>
        <Button onClick={onClose}>{t('history.leave')} <KeyHint keys="Esc" /></Button>
      </div>
    </form>
  );
}
