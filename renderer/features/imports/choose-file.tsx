/** Where a file is dropped, or chosen by keyboard. */
import Button from '@mui/material/Button';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import { useImport } from './import-store.ts';

export function ChooseFile(): ReactNode {
  const { t } = useWords();
  const chooseFile = useImport((store) => store.chooseFile);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  return (
    <section
      className={over ? 'drop drop-over' : 'drop'} aria-labelledby="drop-title"
      onDragOver={(event) => { event.preventDefault(); setOver(true); }}
      onDragLeave={() => { setOver(false); }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file !== undefined) void chooseFile(file);
      }}
    >
      <svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true"><path d="M12 4v11m0-11 4 4m-4-4L8 8M4 15v4h16v-4" fill="none" stroke="currentColor" strokeWidth="1.6" /></svg>
      <h2 id="drop-title">{t('imports.dropTitle')}</h2>
      <p className="dim">{t('imports.dropText')}</p>
      <input
        ref={input} type="file" className="visually-hidden" tabIndex={-1} aria-label={t('imports.file')}
        accept=".csv,.txt,.tsv,.xlsx,.xlsm,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) void chooseFile(file);
        }}
      />
      <Button className="primary" autoFocus onClick={() => { input.current?.click(); }}>{t('imports.choose')}</Button>
      <p className="faint">{t('imports.dropNote')}</p>
    </section>
  );
}
