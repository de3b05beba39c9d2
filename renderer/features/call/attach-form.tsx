/** Attaching a file where it will stand: its size is looked at before a byte of it is read. */
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import type { IntentInput } from '../../bridge/desk.ts';
import type { CaseId } from '../../../shared/id.ts';
import { MAX_ATTACHMENT_BYTES } from '../../../shared/protocol/attachment-protocol.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { AppError, Result } from '../../../shared/result.ts';
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
  basedOn: IntentInput<'attach-file'>['basedOn'];
  onClose: () => void;
}

export function AttachForm({ caseId, basedOn, onClose }: Props): ReactNode {
  const { t, format } = useWords();
  const [file, setFile] = useKept<File | null>('file', () => null);
  const [note, setNote] = useKept('note', () => '');
  const { saving, error, fail: refuse, clearError, save: send } = useInlineSave(onClose);
  const save = async (): Promise<void> => {
    const problem = checkFile(file) ?? checkNote(note);
    if (problem !== null) refuse(problem);
    else if (file !== null) {
      await send(async () => {
        const bytes = await readFile(file);
        return bytes.ok ? command('attach-file', { caseId, fileName: file.name, mediaType: file.type, note, bytes: bytes.value, basedOn }) : bytes;
      }, t('status.attached', { name: file.name }));
    }
  };
  const sentence = error === null ? null : errorSentence(error, t, format);
  const isAboutNote = error?.details['field'] === 'note';
  return (
    <form
      className="inline-form" aria-label={t('history.attachFile')} aria-busy={saving}
      onSubmit={(event) => { event.preventDefault(); void save(); }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void save();
        }
      }}
    >
      <Field label={t('history.file')} stacked error={isAboutNote ? null : sentence} hint={t('history.fileHint')}>
        {({ id, describedBy, invalid }) => (
          <input
            id={id} type="file" className="file-input" autoFocus aria-describedby={describedBy} aria-invalid={invalid}
            onChange={(event) => {
              const chosen = event.target.files?.[0] ?? null;
              setFile(chosen);
              const problem = chosen === null ? null : checkFile(chosen);
              if (problem === null) clearError();
              else refuse(problem);
            }}
          />
        )}
      </Field>
      <Field label={t('history.noteText')} stacked error={isAboutNote ? sentence : null} hint={t('outcomeForm.noteHint')}>
        {({ id, describedBy, invalid }) => (
          <InputBase
            id={id} multiline minRows={2} fullWidth value={note} error={invalid} inputProps={{ 'aria-describedby': describedBy, 'aria-invalid': invalid }}
            onChange={(event) => { setNote(event.target.value); if (checkFile(file) === null) clearError(); }}
          />
        )}
      </Field>
      <DelicateHint text={note} />
      <div className="inline-actions">
        <Button type="submit" className="primary" disabled={saving}>{saving ? t('history.savingFile') : t('history.saveFile')} <KeyHint keys="Ctrl ↵" /></Button>
        <Button onClick={onClose}>{t('history.leave')} <KeyHint keys="Esc" /></Button>
      </div>
    </form>
  );
}

/** What is wrong with the choice, before anything is read. */
export function checkFile(file: Pick<File, 'size'> | null): AppError | null {
  if (file === null) return fail('attachment-missing', 'error.attachmentMissing', { field: 'file' }).error;
  if (file.size === 0) return fail('attachment-empty', 'error.attachmentEmpty', { field: 'file' }).error;
  return file.size > MAX_ATTACHMENT_BYTES ? fail('attachment-too-large', 'error.attachmentTooLarge', { field: 'file' }).error : null;
}

/** A file that was moved or locked after it was chosen is a foreseen failure. */
async function readFile(file: File): Promise<Result<Uint8Array<ArrayBuffer>>> {
  try {
    return ok(new Uint8Array(await file.arrayBuffer()));
  } catch (cause) {
    if (cause instanceof DOMException) return fail('attachment-unreadable', 'error.attachmentUnreadable', { field: 'file' });
    throw cause;
  }
}
