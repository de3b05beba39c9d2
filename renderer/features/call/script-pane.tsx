/** The script of this case: led by the desk in a call, read in preparation before it. */
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { CallScreen } from '../../../shared/contract/conduct-channels.ts';
import type { CaseId } from '../../../shared/id.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Empty, Failed, Loading } from '../../ui/state-views.tsx';
import { useCall } from './call-store.ts';
import type { GateAnswer } from './gate-answers.ts';
import { actOnCall, useRunningCall } from './running-call.ts';
import { WalkPanel } from './walk-panel.tsx';

/** Having no script is a state, not a fault. */
const withoutScript = ['script-missing', 'script-nothing-to-ask'];

interface Props {
  caseId: CaseId;
  call: CallScreen | null;
  /** The one on the line is not this case's: neither the call's step nor what was read in preparation is for that ear. */
  isStranger: boolean;
  onCheck: (answer: GateAnswer) => void;
}

export function ScriptPane({ caseId, call, isStranger, onCheck }: Props): ReactNode {
  const { t } = useWords();
  return (
    <section className="panel panel-script" aria-label={t('script.title')}>
      <div className="script-frame">
        {isStranger ? <Empty title={t('gate.other.script')} text={t('gate.other.scriptText')} /> : call === null ? <Preview caseId={caseId} onCheck={onCheck} /> : <Led call={call} onCheck={onCheck} />}
      </div>
    </section>
  );
}

function Led({ call, onCheck }: { call: CallScreen; onCheck: (answer: GateAnswer) => void }): ReactNode {
  const { t, locale } = useWords();
  const error = useRunningCall((store) => (store.error?.action === 'walk-script' || store.error?.action === 'check-identity' ? store.error.error : null));
  const { callId, walk } = call;
  const takeWalk = useCall((store) => store.takeWalk);
  useEffect(() => {
    if (walk !== null) takeWalk(walk.trail.map(({ stepId }) => stepId), walk);
  }, [walk, takeWalk]);
  if (walk === null) return <Empty title={t('error.scriptMissing')} text={t('script.without')} />;
  const stepId = walk.step?.stepId ?? '';
  return (
    <WalkPanel
      place={`${callId} ${call.gate.state}`} walk={walk} gate={call.gate} error={error}
      actions={{
        answer: (answerId, values, ends) => {
          void actOnCall('walk-script', { callId, locale, action: { kind: 'answer', stepId, answerId, values } }).then((done) => {
            if (done && ends && useCall.getState().form.code === null) document.getElementById('outcome-code')?.focus();
          });
        },
        objection: (objectionId) => { void actOnCall('walk-script', { callId, locale, action: { kind: 'objection', objectionId } }); },
        back: () => { void actOnCall('walk-script', { callId, locale, action: { kind: 'back' } }); },
        check: onCheck,
      }}
    />
  );
}

function Preview({ caseId, onCheck }: { caseId: CaseId; onCheck: (answer: GateAnswer) => void }): ReactNode {
  const { t, locale, format } = useWords();
  const path = useCall((store) => store.trail);
  const read = useCall((store) => store.read);
  const answer = useQuery('preview-script', { caseId, locale, path });
  // The step before stands until the next one is here, so that nothing flickers between two keys.
  const shown = useLast(answer.data);
  if (shown === null || (answer.error !== null && answer.data === null)) {
    if (answer.error === null) return <Loading />;
    return withoutScript.includes(answer.error.code)
      ? <Empty title={errorSentence(answer.error, t, format)} text={t('script.without')} /> : <Failed error={answer.error} onRetry={answer.askAgain} />;
  }
  if (shown.walk === null) return <Empty title={t('error.scriptMissing')} text={t('script.without')} />;
  return (
    <WalkPanel
      place={caseId} walk={shown.walk} gate={null} error={null}
      actions={{
        answer: (answerId, _values, ends) => {
          if (ends) document.getElementById('outcome-code')?.focus();
          else read([...path, answerId]);
        },
        objection: (objectionId) => { read([...path, objectionId]); },
        back: () => { read(path.slice(0, -1)); },
        check: onCheck,
      }}
    />
  );
}

/** The last answer there was, while the next one is on its way. */
function useLast<T>(value: T | null): T | null {
  const [last, setLast] = useState(value);
  if (value !== null && value !== last) setLast(value);
  return value ?? last;
}
