/** A paper of the case: made, attached to it, given to save or print, or mailed. What keeps it away is said beside it. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { PrintSource } from '../../../shared/contract/print-channels.ts';
import type { CaseId } from '../../../shared/id.ts';
import type { AppError } from '../../../shared/result.ts';
import { command, query } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import type { MailWish } from './call-store.ts';
import { useCall } from './call-store.ts';
import type { BasedOn } from './inline-forms.tsx';
import { offerDownload } from './save-file.tsx';

interface Props {
  caseId: CaseId;
  source: PrintSource;
  basedOn: BasedOn;
  label: string;
  /** What the mail form begins with, and the name of its button. */
  mail: { wish: MailWish; label: string };
}

export function PrintButton({ caseId, source, basedOn, label, mail }: Props): ReactNode {
  const { t, format } = useWords();
  const [error, setError] = useState<AppError | null>(null);
  const setInline = useCall((store) => store.setInline);
  const [printing, setPrinting] = useState(false);
  const print = async (): Promise<void> => {
    if (printing) return;
    setPrinting(true);
    const printed = await command('print-document', { caseId, source, basedOn });
    const file = printed.ok ? await query('read-attachment', { caseId, factId: printed.value.factId }) : printed;
    setPrinting(false);
    setError(file.ok ? null : file.error);
    if (file.ok) offerDownload(file.value.bytes, file.value.fileName);
  };
  return (
    <span className="print-line">
      <Button className="quiet" aria-busy={printing} onClick={() => { void print(); }}>{label}</Button>
      <Button className="quiet" aria-label={mail.label} onClick={() => { setInline({ kind: 'mail', what: mail.wish }); }}>{t('mail.send')}</Button>
      {error === null ? null : <span className="field-error" role="alert">{errorSentence(error, t, format)}</span>}
    </span>
  );
}
