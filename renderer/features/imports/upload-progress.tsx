/** The file on its way to the hub. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import { useImport } from './import-store.ts';
import { ProgressBar } from './progress-bar.tsx';

export function UploadProgress(): ReactNode {
  const { t, format } = useWords();
  const { file, receivedBytes, trouble, cancel } = useImport();
  const sizeBytes = file?.sizeBytes ?? 0;
  const arrived = sizeBytes > 0 && receivedBytes >= sizeBytes;
  return (
    <section className="card imports-progress" aria-label={t('imports.uploading')}>
      <h2>{file?.name}</h2>
      <ProgressBar label={t('imports.uploading')} done={receivedBytes} total={sizeBytes} waiting={trouble !== null} />
      <p className="dim">
        {arrived ? t('imports.looking') : t('imports.uploaded', { done: format.fileSize(receivedBytes), total: format.fileSize(sizeBytes) })}
      </p>
      <Button onClick={() => { void cancel(); }}>{t('imports.cancel')}</Button>
    </section>
  );
}
