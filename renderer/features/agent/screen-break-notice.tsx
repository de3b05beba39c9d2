/** Two hours at the screen: a quiet word in the foot of one's own window, which may wait. Not while a call or its outcome is in hand. */
import Button from '@mui/material/Button';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import './agent.css';
import { isBusy } from '../../../shared/agent/agent-state.ts';
import { isBreakDue, postponeBreak } from '../../../shared/agent/screen-break.ts';
import { systemClock } from '../../../shared/time.ts';
import { useWords } from '../../app/i18n.ts';
import { stepAgent, useAgent } from './agent-store.ts';

const LOOK_EVERY_MS = 15_000;

export function ScreenBreakNotice(): ReactNode {
  const { t } = useWords();
  const work = useAgent((store) => store.work);
  const isFree = useAgent(({ agent, mode }) => !isBusy(agent) && agent.choice === 'ready' && mode.phase !== 'counting');
  const [nowMs, setNowMs] = useState(() => systemClock.nowMs());
  useEffect(() => {
    const timer = setInterval(() => { setNowMs(systemClock.nowMs()); }, LOOK_EVERY_MS);
    return () => { clearInterval(timer); };
  }, []);
  if (!isFree || !isBreakDue(work, Math.max(nowMs, work.activeAtMs))) return null;
  const postpone = (): void => { useAgent.setState({ work: postponeBreak(work, systemClock.nowMs()) }); };
  return (
    <div className="screen-break" role="group" aria-label={t('agent.screenBreak.title')} data-testid="screen-break">
      <span role="status">{t('agent.screenBreak.text')}</span>
      <Button className="quiet" onClick={() => { postpone(); stepAgent({ kind: 'choose', choice: 'break' }); }}>{t('agent.screenBreak.take')}</Button>
      <Button className="quiet" onClick={postpone}>{t('agent.screenBreak.later')}</Button>
    </div>
  );
}
