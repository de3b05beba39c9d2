/**
 * Centre: the one step that stands now, in the largest letters; what to do, set apart; what is captured, the answers by digit, objections by
 * one key. In a call the desk leads and keeps every step; before it, the same script is read in preparation and nothing of it is kept.
 *
 * Invariant: a step is a few words put into elements that stand already, with no styles computed in script: the operator speaks on without
 * waiting (`bench -- script`). So nothing that was typed may be held by an element alone.
 */
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
import { leaveField } from './form-errors.ts';
import type { GateAnswer, ShownAnswer } from './gate-answers.ts';
import { answersOf } from './gate-answers.ts';
import { ObjectionList } from './objection-list.tsx';
import { Say } from './say.tsx';
import { fieldOf, StepFields } from './step-fields.tsx';
import { dropTyped, noteTyped } from './typed-saver.ts';

export interface WalkActions {
  answer: (answerId: string, values: Record<string, string>, ends: boolean) => void;
  objection: (objectionId: string) => void;
  back: () => void;
  check: (answer: GateAnswer) => void;
}

interface Props {
  /** Whose step it is: what one person on the line said is not shown to the next. */
  place: string;
  walk: WalkScreen;
  /** Null before a call. */
  gate: CallScreen['gate'] | null;
  error: AppError | null;
  actions: WalkActions;
}

export function WalkPanel({ place, walk, gate, error, actions }: Props): ReactNode {
  const { t, format } = useWords();
  const { step, trail, canGoBack } = walk;
  const onObjection = useStable(actions.objection);
  const back = (): void => {
    actions.back();
    leaveField();
  };
  useShortcuts({ stepBack: () => { if (canGoBack) back(); } });
  const isOfField = step?.fields.some(({ fieldId }) => fieldId === fieldOf(error)) ?? false;
  const here = step === null ? null : step.kind === 'objection' ? t('script.objection', { label: step.title }) : step.title;
  return (
    <>
      <nav className="steps" aria-label={t('script.steps')}>
        <ol>
          {trail.slice(-MOST_CRUMBS).map(({ title }, index) => <li key={index}>{title}</li>)}
          {here === null ? null : <li aria-current="step">{here}</li>}
        </ol>
        {canGoBack ? <button type="button" className="plain-button plain-quiet" onClick={back}>{t('script.back')} <ShortcutHint id="stepBack" /></button> : null}
        <span className="faint">{t('script.position', { step: trail.length + 1, version: walk.packVersion })}</span>
      </nav>
      {step === null ? <Empty title={t('script.ended')} text={t('script.endedText')} />
      : <StepBody place={`${place} ${step.stepId} ${String(trail.length)}`} step={step} gate={gate} error={error} actions={actions} />}
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

type Step = NonNullable<WalkScreen['step']>;
type BodyProps = Pick<Props, 'place' | 'gate' | 'error' | 'actions'> & { step: Step };

function StepBody({ place, step, gate, error, actions }: BodyProps): ReactNode {
  const { t } = useWords();
  const body = useRef<HTMLDivElement>(null);
  const keepTyped = useCall((store) => store.keepTyped);
  const [held, setHeld] = useState<{ place: string; values: Record<string, string> } | null>(null);
  const values = held?.place === place ? held.values : valuesOf(step);
  const change = (fieldId: string, text: string): void => {
    const changed = { ...values, [fieldId]: text };
    setHeld({ place, values: changed });
    keepTyped(step.stepId, changed);
    noteTyped(step.stepId, changed);
  };
  const answers = answersOf(step, gate);
  const choose = (answer: ShownAnswer): void => {
    if (answer.kind === 'gate') actions.check(answer.gate);
    else {
      dropTyped();
      actions.answer(answer.answerId, values, answer.ends);
    }
    // While the desk writes: the field is about to go, and the button pressed to stand for another answer, which the same key held down must not give.
    leaveField();
  };
  const keys: ShortcutMap = Object.fromEntries(answers.slice(0, MOST_DIGITS).flatMap((answer, index) => {
    const act = (): void => { choose(answer); };
    return [[String(index + 1), act], [`Alt+${String(index + 1)}`, act]];
  }));
  useShortcuts(keys);
  useEffect(() => { body.current?.querySelector<HTMLElement>(fieldControls)?.focus(); }, [place]);
  useEffect(() => {
    if (error !== null) returnTo(body.current, fieldOf(error));
  }, [error]);
  // Below fields there is less room.
  const isMany = answers.length > (step.fields.length === 0 ? 4 : 2);
  return (
    <div ref={body} className="script-body" onKeyDown={goOnByEnter}>
      <Said place={place} say={step.say} doText={step.doText} />
      {step.fields.length === 0 ? null : <StepFields key={place} fields={step.fields} values={values} error={error} onChange={change} />}
      {answers.length === 0 ? null : (
        <div className={isMany ? 'answers answers-many' : 'answers'} role="group" aria-label={t('script.answers')}>
          {answers.map((answer, index) => (
            <button key={index} type="button" className="plain-button" onClick={() => { choose(answer); }}>
              <span>{answer.label}{answer.method === null ? '' : `: ${t(`identityMethod.${answer.method}`)}`}</span>
              <span className="answer-end">
                {answer.suggestCode === null ? null : <span className="dim">{t(`outcome.${answer.suggestCode}`)}</span>}
                {index < MOST_DIGITS ? <KeyHint keys={step.fields.length === 0 ? String(index + 1) : `Alt ${String(index + 1)}`} /> : null}
              </span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** What is said may be longer than its place; the next step is read from its beginning. */
function Said({ place, say, doText }: Pick<Step, 'say' | 'doText'> & { place: string }): ReactNode {
  const { t } = useWords();
  const text = useRef<HTMLDivElement>(null);
  // Asking where it stands would lay the page out once more.
  const isScrolled = useRef(false);
  useEffect(() => {
    if (isScrolled.current) text.current?.scrollTo({ top: 0, behavior: 'instant' });
    isScrolled.current = false;
  }, [place]);
  return (
    <div ref={text} className="script-said" tabIndex={0} role="group" aria-label={t('script.say')} onScroll={() => { isScrolled.current = true; }}>
      <Say paragraphs={say} />
      {doText === null ? null : <p className="do"><span className="visually-hidden">{t('script.do')}: </span>{doText}</p>}
    </div>
  );
}

/** As the desk has them, else as they were typed before the step was left. */
function valuesOf({ stepId, fields }: Step): Record<string, string> {
  const typed = useCall.getState().typed[stepId];
  return Object.fromEntries(fields.map(({ fieldId, text }) => [fieldId, text === '' ? (typed?.[fieldId] ?? '') : text]));
}

const fieldControls = '.step-fields :is(input, select)';

/** Refused: into the field that is wrong, else into the first. */
function returnTo(body: HTMLElement | null, wrongField: unknown): void {
  const controls = [...(body?.querySelectorAll<HTMLElement>(fieldControls) ?? [])];
  const wrong = controls.find((control) => control.closest<HTMLElement>('[data-field]')?.dataset['field'] === wrongField);
  (wrong ?? controls[0])?.focus();
  // What is wrong stands below the field.
  wrong?.closest('[data-field]')?.scrollIntoView({ block: 'nearest' });
}

/** Enter goes from field to field, and to the first answer. */
function goOnByEnter(event: KeyboardEvent<HTMLElement>): void {
  const { target } = event;
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || !(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
  const controls = [...event.currentTarget.querySelectorAll<HTMLElement>('.step-fields :is(input, select), .answers button')];
  event.preventDefault();
  controls[controls.indexOf(target) + 1]?.focus();
}
