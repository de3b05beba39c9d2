/** An attached file, saved where the operator says; what keeps it away is said beside it. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { CaseId, FactId } from '../../../shared/id.ts';
import type { AppError } from '../../../shared/result.ts';
import { query } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';

export function SaveFile({ caseId, factId, fileName }: { caseId: CaseId; factId: FactId; fileName: string }): ReactNode {
  const { t, format } = useWords();
  const [error, setError] = useState<AppError | null>(null);
  const [reading, setReading] = useState(false);
  const save = async (): Promise<void> => {
    if (reading) return;
    setReading(true);
    const file = await query('read-attachment', { caseId, factId });
    setReading(false);
    setError(file.ok ? null : file.error);
    if (file.ok) offerDownload(file.value.bytes, file.value.fileName);
  };
  return (
    <>
      <Button className="quiet" aria-label={t('history.saveAs', { name: fileName })} aria-busy={reading} onClick={() => { void save(); }}>{t('history.saveAsShort')}</Button>
      {error === null ? null : <span className="field-error" role="alert">{errorSentence(error, t, format)}</span>}
    </>
  );
}

/** Plain bytes for everybody: the page never shows what somebody attached. */
export function offerDownload(bytes: Uint8Array, fileName: string): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download has taken hold of the bytes once the click has been handled.
  setTimeout(() => { URL.revokeObjectURL(url); });
}
