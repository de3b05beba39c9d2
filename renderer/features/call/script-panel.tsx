/** Centre: what to say, in the largest letters; what to do, set apart; answers and objections by key. */
import Button from '@mui/material/Button';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import type { Answer } from '../../bridge/use-query.ts';
import type { ScriptScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import type { ShortcutMap } from '../../app/use-shortcuts.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { KeyHint, ShortcutHint } from '../../ui/key-hint.tsx';
import { Empty, Failed, Loading } from '../../ui/state-views.tsx';
import { useCall } from './call-store.ts';
import { Say } from './say.tsx';
import type { Step } from './script-trail.ts';
import { goBack, goOn, shownOf, visitedSteps } from './script-trail.ts';

/** Having no script is a state, not a fault. */
const withoutScript = ['script-missing', 'script-nothing-to-ask'];

export function ScriptPanel({ script }: { script: Answer<ScriptScreen> }): ReactNode {
  const { t, format } = useWords();
  return (
    <section className="panel panel-script" aria-label={t('script.title')}>
      {script.data !== null ? <Script script={script.data} />
      : script.error === null ? <Loading />
      : withoutScript.includes(script.error.code) ? <Empty title={errorSentence(script.error, t, format)} text={t('script.without')} />
      : <Failed error={script.error} onRetry={script.askAgain} />}
    </section>
  );
}

function Script({ script }: { script: ScriptScreen }): ReactNode {
  const { t } = useWords();
  const trail = useCall((store) => store.trail);
  const walk = useCall((store) => store.walk);
  const suggested = useCall((store) => store.suggested);
  const objections = useRef<HTMLDivElement>(null);
  const shown = shownOf(script, trail);
  const answers = shown?.kind === 'step' ? shown.step.answers : [];
  const choose = (answer: Step['answers'][number]): void => {
    walk(answer.goTo === null ? trail : goOn(trail, { kind: 'step', id: answer.goTo }), answer.suggestCode ?? suggested);
    if (answer.goTo === null) document.getElementById('outcome-code')?.focus();
  };
  const back = (): void => { walk(goBack(trail), suggested); };
  const digits: ShortcutMap = Object.fromEntries(answers.slice(0, 9).map((answer, index) => [String(index + 1), () => { choose(answer); }]));
  useShortcuts({
    ...digits,
    stepBack: back,
    objections: () => { objections.current?.querySelector('button')?.focus(); },
  });
  if (shown === null) return <Empty title={t('error.scriptMissing')} text={t('script.without')} />;
  const visited = visitedSteps(script, trail);
  const crumbs = shown.kind === 'step' ? visited : visited.slice(-1);
  const say = shown.kind === 'step' ? shown.step.say : shown.objection.say;
  const doText = shown.kind === 'step' ? shown.step.doText : shown.objection.doText;
  const moveAmong = (direction: 1 | -1): void => {
    const buttons = [...(objections.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[(at + direction + buttons.length) % buttons.length]?.focus();
  };
  return (
    <>
      <nav className="steps" aria-label={t('script.steps')}>
        <ol>
          {crumbs.map((step, index) => (
            <li key={`${step.stepId}-${String(index)}`} aria-current={shown.kind === 'step' && index === crumbs.length - 1 ? 'step' : undefined}>{step.title}</li>
          ))}
          {shown.kind === 'objection' ? <li aria-current="step">{t('script.objection', { label: shown.objection.label })}</li> : null}
        </ol>
        <Button className="quiet" onClick={back} disabled={trail.length === 0}>{t('script.back')} <ShortcutHint id="stepBack" /></Button>
        <span className="faint">{t('script.position', { step: visited.length, version: script.version })}</span>
      </nav>
      <div className="script-body" tabIndex={0} role="group" aria-label={t('script.say')}>
        <Say paragraphs={say} />
        {doText === null ? null : <p className="do"><span className="visually-hidden">{t('script.do')}: </span>{doText}</p>}
        {answers.length === 0 ? null : (
          <div className={answers.length > 5 ? 'answers answers-many' : 'answers'} role="group" aria-label={t('script.answers')}>
            {answers.map((answer, index) => (
              <Button key={answer.label} fullWidth onClick={() => { choose(answer); }}>
                <span>{answer.label}</span>
                <span className="answer-end">
                  {answer.suggestCode === null ? null : <span className="dim">{t(`outcome.${answer.suggestCode}`)}</span>}
                  {index < 9 ? <KeyHint keys={String(index + 1)} /> : null}
                </span>
              </Button>
            ))}
          </div>
        )}
        {shown.kind === 'objection' ? <Button className="back-to-step" onClick={back}>{t('script.backToStep')}</Button> : null}
      </div>
      <div className="script-foot">
        {script.objections.length === 0 ? null : (
          <div
            ref={objections} className="objections" role="group" aria-labelledby="objections-title"
            onKeyDown={(event) => {
              if (event.key === 'ArrowRight') moveAmong(1);
              else if (event.key === 'ArrowLeft' && !event.altKey) moveAmong(-1);
              else return;
              event.preventDefault();
            }}
          >
            <h2 id="objections-title">{t('script.objections')} <ShortcutHint id="objections" /></h2>
            {script.objections.map((objection) => (
              <Button
                key={objection.objectionId} className="objection" aria-pressed={shown.kind === 'objection' && shown.objection.objectionId === objection.objectionId}
                onClick={() => { walk(goOn(trail, { kind: 'objection', id: objection.objectionId }), suggested); }}
              >
                {objection.label}
              </Button>
            ))}
          </div>
        )}
      </div>
    </>
  );
}
