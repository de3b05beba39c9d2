/** From the sign-in to the training. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import { switchTraining } from '../../bridge/training.ts';

export function TrainingEntry(): ReactNode {
  const { t } = useWords();
  const [asked, setAsked] = useState(false);
  return (
    <p className="training-entry">
      <Button className="quiet" disabled={asked} onClick={() => { setAsked(true); switchTraining(true); }}>{asked ? t('training.opening') : t('training.enter')}</Button>
      <span className="faint">{t('training.enterNote')}</span>
    </p>
  );
}
