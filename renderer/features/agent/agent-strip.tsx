/** Beside the call's bar: what is left of the wrap-up, or the countdown to the next call and why it stopped. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import './agent.css';
import { wrapUpLeftMs } from '../../../shared/agent/agent-state.ts';
import { secondsLeft } from '../../../shared/agent/progressive.ts';
import type { CallScreen } from '../../../shared/contract/conduct-channels.ts';
import type { CaseId } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { KeyHint, ShortcutHint } from '../../ui/key-hint.tsx';
import { useWaitingCalls } from '../call/waiting-calls.ts';
import { goOnWith, stepAgent, stepMode, useAgent } from './agent-store.ts';
import { codeOfTimer } from './use-agent-in-case.ts';
import { spanText, useClock } from './use-clock.ts';

interface Props {
  caseId: CaseId;
  /** Of this case. */
  call: CallScreen | null;
}

export function AgentStrip({ caseId, call }: Props): ReactNode {
  const wrapsUp = useAgent(({ agent }) => call !== null && agent.wrapUp?.callId === call.callId);
  const phase = useAgent((store) => store.mode.phase);
  const isFree = useAgent(({ agent }) => agent.call.kind === 'none');
  if (wrapsUp) return <WrapUp call={call} />;
  if (!isFree) return null;
  if (phase === 'counting') return <Countdown />;
  return phase === 'waiting' ? <Paused caseId={caseId} /> : null;
}

function WrapUp({ call }: { call: CallScreen | null }): ReactNode {
  const { t } = useWords();
  const { putAside } = useWaitingCalls();
  const agent = useAgent((store) => store.agent);
  const runs = agent.wrapUp?.endsAtMs != null;
  const nowMs = useClock(runs ? 500 : null);
  const leftMs = wrapUpLeftMs(agent, nowMs);
  const code = codeOfTimer(call);
  const extend = (): void => { stepAgent({ kind: 'extend' }); };
  useShortcuts(runs ? { extendWrapUp: extend } : {});
  return (
    <div className={leftMs === 0 ? 'agent-strip agent-strip-over' : 'agent-strip'} role="group" aria-label={t('agent.state.wrap-up')} data-testid="wrap-up">
      {leftMs === null ? <span className="dim">{t('agent.wrapUpStopped')}</span> : (
        <>
          {leftMs === 0 ? <span role="status">{t('agent.wrapUpOver')}</span> : (
            <>
              <span>{t('agent.state.wrap-up')} <b className="num" role="timer" aria-live="off">{spanText(leftMs + 999)}</b></span>
              {code === null ? null : <span className="dim">{t('agent.willCode', { outcome: t(`outcome.${code}`) })}</span>}
            </>
          )}
          <Button onClick={extend}>{t('agent.extend')} <ShortcutHint id="extendWrapUp" /></Button>
        </>
      )}
      <Button className="quiet" onClick={() => { void putAside(); }}>{t('call.putAside')} <ShortcutHint id="putAside" /></Button>
    </div>
  );
}

function Countdown(): ReactNode {
  const { t } = useWords();
  const seconds = secondsLeft(useAgent((store) => store.mode), useClock(250));
  return (
    <div className="agent-strip agent-strip-counting" role="group" aria-label={t('agent.progressive')} data-testid="countdown">
      <span role="status" className="visually-hidden">{t('agent.countingTold')}</span>
      <span aria-hidden="true">{t('agent.counting')} <b className="num agent-seconds">{seconds}</b></span>
      <span className="dim" aria-hidden="true">{t('agent.anyKey')}</span>
      <Button onClick={() => { stepMode({ kind: 'stop', why: 'key' }); }}>{t('agent.stop')} <KeyHint keys="Esc" /></Button>
    </div>
  );
}

function Paused({ caseId }: { caseId: CaseId }): ReactNode {
  const { t } = useWords();
  const mode = useAgent((store) => store.mode);
  const goOn = (): void => {
    stepAgent({ kind: 'choose', choice: 'ready' });
    goOnWith(caseId);
  };
  return (
    <div className="agent-strip" role="group" aria-label={t('agent.progressive')} data-testid="progressive-paused">
      <span role="status">{mode.phase === 'waiting' && mode.why !== null ? t(`agent.paused.${mode.why}`) : t('agent.waiting')}</span>
      <Button onClick={goOn}>{t('agent.callThis')} <ShortcutHint id="goOn" /></Button>
    </div>
  );
}
