/** The first run, for whoever sets the agency up: five steps, each of which can be done later from the menu, except the account. */
import Button from '@mui/material/Button';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import './setup.css';
import '../users/users.css';
import { useWords } from '../../app/i18n.ts';
import { ImportsScreen } from '../imports/imports-screen.tsx';
import { LanguageAndTheme } from '../settings/language-and-theme.tsx';
import { AccountStep } from './account-step.tsx';
import { PeopleStep } from './people-step.tsx';
import { setupSteps, useSetup } from './setup-store.ts';
import type { SetupStep } from './setup-store.ts';

interface Props {
  isSignedIn: boolean;
  notice: ReactNode;
  /** Who is signed in has changed. */
  onSession: () => void;
}

export function SetupWizard({ isSignedIn, notice, onSession }: Props): ReactNode {
  const { t } = useWords();
  const stored = useSetup((store) => store.step);
  const go = useSetup((store) => store.go);
  const step = isSignedIn && (stored === null || stored === 'agency' || stored === 'account') ? 'people' : (stored ?? 'agency');
  const heading = useRef<HTMLHeadingElement>(null);
  // A step with a field of its own has the focus there already.
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, [step]);
  return (
    <div className="setup">
      <header className="sign-in-top"><span className="logo">prem<i>u</i>ra</span><LanguageAndTheme /></header>
      <main className={step === 'import' ? 'setup-body setup-wide' : 'setup-body'}>
        <ol className="imports-steps setup-steps" aria-label={t('setup.stepsLabel')}>
          {setupSteps.map((name, index) => (
            <li key={name} aria-current={name === step ? 'step' : undefined} className={index < setupSteps.indexOf(step) ? 'imports-step-past' : ''}>{t(`setup.steps.${name}`)}</li>
          ))}
        </ol>
        {step === 'import' ? null : <h1 ref={heading} tabIndex={-1}>{t(`setup.title.${step}`)}</h1>}
        <Step step={step} go={go} onSession={onSession} />
      </main>
      <footer className="sign-in-foot">{notice}</footer>
    </div>
  );
}

function Step({ step, go, onSession }: { step: SetupStep; go: (step: SetupStep | null) => void; onSession: () => void }): ReactNode {
  const { t } = useWords();
  switch (step) {
    case 'agency':
    case 'account':
      return <AccountStep step={step} onStep={go} onDone={() => { go('people'); onSession(); }} />;
    case 'people':
      return <PeopleStep onDone={() => { go('import'); }} />;
    case 'import':
      return (
        <>
          <p className="dim setup-import-text">{t('setup.importText')} <Button className="quiet" onClick={() => { go('done'); }}>{t('setup.later')}</Button></p>
          <div className="setup-import card"><ImportsScreen onDone={() => { go('done'); }} /></div>
        </>
      );
    case 'done':
      return (
        <div className="setup-card card">
          <p>{t('setup.doneText')}</p>
          <ul className="setup-done">{(['collectors', 'lead', 'backup'] as const).map((line) => <li key={line}>{t(`setup.next.${line}`)}</li>)}</ul>
          <Button className="primary" autoFocus onClick={() => { go(null); }}>{t('setup.finish')}</Button>
        </div>
      );
  }
}
