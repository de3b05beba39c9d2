/**
 * Centre: the one step that stands now, in the largest letters; what to do, set apart; what is captured, the answers by digit, objections by
 * one key. In a call the desk leads and keeps every step; before it, the same script is read in preparation and nothing of it is kept.
 */
import Button from '@mui/material/Button';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { CallScreen, WalkScreen } from '../../../shared/contract/conduct-channels.ts';
import type { AppError } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import type { ShortcutMap } from '../../app/use-shortcuts.ts';
import { useStable } from '../../app/use-stable.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { KeyHint, ShortcutHint } from '../../ui/key-hint.tsx';
import { Empty } from '../../ui/state-views.tsx';
import { useCall } from './call-store.ts';
import type { GateAnswer, ShownAnswer } from './gate-answers.ts';
import { answersOf } from './gate-answers.ts';
import { ObjectionList } from './objection-list.tsx';
import { Say } from './say.tsx';
import { fieldOf, StepFields } from './step-fields.tsx';

export interface WalkActions {
  answer: (answerId: string, values: Record<string, string>, ends: boolean) => void;
  objection: (objectionId: string) => void;
  back: () => void;
  check: (answer: GateAnswer) => void;
}

interface Props {
  walk: WalkScreen;
  /** Null before a call. */
  gate: CallScreen['gate'] | null;
  error: AppError | null;
  actions: WalkActions;
}

export function WalkPanel(props: Props): ReactNode {
  const { t } = useWords();
  const { walk, error, actions } = props;
  const { step, trail } = walk;
  const { format } = useWords();
  const onObjection = useStable(actions.objection);
  useShortcuts({ stepBack: () => { if (walk.canGoBack) actions.back(); } });
  const isOfField = step?.fields.some(({ fieldId }) => fieldId === fieldOf(error)) ?? false;
  return (
    <>
      <nav className="steps" aria-label={t('script.steps')}>
        <ol>
          {trail.slice(-MOST_CRUMBS).map((behind, index) => <li key={`${behind.stepId}-${String(index)}`}>{behind.title}</li>)}
          {step === null ? null : <li aria-current="step">{step.kind === 'objection' ? t('script.objection', { label: step.title }) : step.title}</li>}
        </ol>
        {walk.canGoBack ? <Button className="quiet" onClick={actions.back}>{t('script.back')} <ShortcutHint id="stepBack" /></Button> : null}
        <span className="faint">{t('script.position', { step: trail.length + 1, version: walk.packVersion })}</span>
      </nav>
      {step === null ? <Empty title={t('script.ended')} text={t('script.endedText')} /> : <StepBody key={`${step.stepId}-${String(trail.length)}`} {...props} step={step} />}
      <div className="script-foot">
        {error !== null && !isOfField ? <p className="field-error" role="alert">{errorSentence(error, t, format)}</p> : null}
        <ObjectionList
          objections={walk.objections} current={step?.kind === 'objection' ? step.stepId : null} hasFields={step !== null && step.fields.length > 0}
          onChoose={onObjection}
        />
      </div>
    </>
  );
}

/** More than these do not fit in one line, and the last ones are what one goes back to. */
const MOST_CRUMBS = 4;
const MOST_DIGITS = 9;

function StepBody({ step, gate, error, actions }: Props & { step: NonNullable<WalkScreen['step']> }): ReactNode {
  const { t } = useWords();
  const body = useRef<HTMLDivElement>(null);
  const keepTyped = useCall((store) => store.keepTyped);
  const [values, setValues] = useState<Record<string, string>>(() => {
    const typed = useCall.getState().typed[step.stepId];
    return Object.fromEntries(step.fields.map(({ fieldId, text }) => [fieldId, text === '' ? (typed?.[fieldId] ?? '') : text]));
  });
  const change = (fieldId: string, text: string): void => {
    setValues({ ...values, [fieldId]: text });
    keepTyped(step.stepId, { ...values, [fieldId]: text });
  };
  const answers = answersOf(step, gate);
  const choose = (answer: ShownAnswer): void => {
    if (answer.kind === 'gate') actions.check(answer.gate);
    else actions.answer(answer.answerId, values, answer.ends);
  };
  // Below fields there is less room.
  const isMany = answers.length > (step.fields.length === 0 ? 4 : 2);
  const keys: ShortcutMap = Object.fromEntries(answers.slice(0, MOST_DIGITS).flatMap((answer, index) => {
    const act = (): void => { choose(answer); };
    return [[String(index + 1), act], [`Alt+${String(index + 1)}`, act]];
  }));
  useShortcuts(keys);
  useEffect(() => {
    body.current?.querySelector<HTMLElement>('.step-fields :is(input, select)')?.focus();
  }, []);
  const wrongField = fieldOf(error);
  useEffect(() => {
    if (typeof wrongField !== 'string') return;
    const place = body.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(wrongField)}"]`);
    place?.querySelector<HTMLElement>('input, select')?.focus();
    // What is wrong stands below the field.
    place?.scrollIntoView({ block: 'nearest' });
  }, [wrongField, error]);
  const goOnByEnter = (event: KeyboardEvent<HTMLElement>): void => {
    const { target } = event;
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || !(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
    const controls = [...event.currentTarget.querySelectorAll<HTMLElement>('.step-fields :is(input, select), .answers button')];
    event.preventDefault();
    controls[controls.indexOf(target) + 1]?.focus();
  };
  return (
    <div ref={body} className="script-body" onKeyDown={goOnByEnter}>
      <div className="script-said" tabIndex={0} role="group" aria-label={t('script.say')}>
        <Say paragraphs={step.say} />
        {step.doText === null ? null : <p className="do"><span className="visually-hidden">{t('script.do')}: </span>{step.doText}</p>}
      </div>
      {step.fields.length === 0 ? null : (
        <StepFields fields={step.fields} values={values} error={error} onChange={change} />
      )}
      {answers.length === 0 ? null : (
        <div className={isMany ? 'answers answers-many' : 'answers'} role="group" aria-label={t('script.answers')}>
          {answers.map((answer, index) => (
            <Button key={answer.key} fullWidth onClick={() => { choose(answer); }}>
              <span>{answer.label}{answer.method === null ? '' : `: ${t(`identityMethod.${answer.method}`)}`}</span>
              <span className="answer-end">
                {answer.suggestCode === null ? null : <span className="dim">{t(`outcome.${answer.suggestCode}`)}</span>}
                {index < MOST_DIGITS ? <KeyHint keys={step.fields.length === 0 ? String(index + 1) : `Alt ${String(index + 1)}`} /> : null}
              </span>
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
