/** A strip under the work that says one next thing at a time, and ticks it when it was done. It never covers the work and takes no focus. */
import Button from '@mui/material/Button';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import './training.css';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import { saveSetting } from '../../app/settings-store.ts';
import { useCall } from '../call/call-store.ts';
import { currentStep, doneBy, guideSteps } from './guide-steps.ts';
import { useGuide } from './guide-store.ts';

/** @param startsItself false where somebody only shows the program around (the demo) */
export function Guide({ startsItself }: { startsItself: boolean }): ReactNode {
  // Asked here: the page's store of settings holds the defaults for one moment after the sign-in.
  const seen = useQuery('show-settings', {}).data?.guideSeen ?? true;
  const { open, begin } = useGuide();
  useEffect(() => {
    if (startsItself && !seen) begin();
  }, [startsItself, seen, begin]);
  return open ? <GuideStrip /> : null;
}

function GuideStrip(): ReactNode {
  const { t } = useWords();
  const { done, passed, savedAtStart, note, tick, pass, end } = useGuide();
  useWatch(note, tick);
  const leave = (): void => {
    end();
    void saveSetting({ key: 'guideSeen', value: true });
  };
  const step = currentStep(done, passed);
  if (savedAtStart === null) return null;
  return (
    <aside className="guide" aria-label={t('guide.label')}>
      <ol className="guide-steps">
        {guideSteps.map((name, index) => (
          <li key={name} aria-current={name === step ? 'step' : undefined} className={done.has(name) ? 'guide-done' : ''}>
            <span aria-hidden="true">{done.has(name) ? '✓' : index + 1}</span>
            <span className="visually-hidden">{t(`guide.title.${name}`)}{done.has(name) ? ` ${t('guide.ticked')}` : ''}</span>
          </li>
        ))}
      </ol>
      <p role="status"><b>{step === null ? t('guide.endTitle') : t(`guide.title.${step}`)}</b> {step === null ? t('guide.endText') : t(`guide.text.${step}`)}</p>
      <div className="guide-buttons">
        {step === null ? <Button className="primary" onClick={leave}>{t('guide.close')}</Button> : (
          <>
            {step === 'save' || step === 'why' ? null : <Button onClick={() => { if (step === 'header') tick([step]); else pass(step); }}>{t(step === 'header' ? 'guide.read' : 'guide.pass')}</Button>}
            <Button className="quiet" onClick={leave}>{t('guide.skip')}</Button>
          </>
        )}
      </div>
    </aside>
  );
}

/** Looks at the work, never at what the guide would like to see. */
function useWatch(note: (savedToday: number) => void, tick: ReturnType<typeof useGuide.getState>['tick']): void {
  const caseOpen = useNavigation((store) => store.place.name === 'case');
  const scriptSteps = useCall((store) => store.trail.length);
  const noteTyped = useCall((store) => store.form.note.trim() !== '');
  const outcomeChosen = useCall((store) => store.form.code !== null);
  const savedToday = useQuery('show-today', {}).data?.calls ?? null;
  const { done, savedAtStart } = useGuide();
  useEffect(() => {
    if (savedToday === null) return;
    if (savedAtStart === null) {
      note(savedToday);
      return;
    }
    const now = doneBy({ caseOpen, scriptSteps, noteTyped, outcomeChosen, savedToday }, done, savedAtStart);
    if (now.length > 0) tick(now);
  }, [caseOpen, scriptSteps, noteTyped, outcomeChosen, savedToday, savedAtStart, done, note, tick]);
}
