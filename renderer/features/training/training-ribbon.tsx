/** On every screen of the training: what this is, and the way back. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import './training.css';
import { useWords } from '../../app/i18n.ts';
import { switchTraining } from '../../bridge/training.ts';

export function TrainingRibbon({ children }: { children: ReactNode }): ReactNode {
  const { t } = useWords();
  return (
    <div className="in-training">
      <aside className="ribbon" aria-label={t('training.label')}>
        <b>{t('training.word')}</b> <span>{t('training.text')}</span>
        <Button className="ribbon-leave" onClick={() => { switchTraining(false); }}>{t('training.leave')}</Button>
      </aside>
      {children}
    </div>
  );
}
