/** What I am doing now and since when, at the right end of the bar; in its menu what I do next, progressive mode, and help in a call. Who sees it besides: the foot of the menu. */
import ButtonBase from '@mui/material/ButtonBase';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import './agent.css';
import type { AgentChoice } from '../../../shared/agent/agent-state.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { agentChoices, isBusy, shownAgentState } from '../../../shared/agent/agent-state.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { useSettings } from '../../app/settings-store.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { stepAgent, stepMode, useAgent } from './agent-store.ts';
import { askHelp } from '../floor/ask-help.ts';
import { spanText, useClock } from './use-clock.ts';

/** @param onGoOn begins progressive mode, or goes on with it */
export function AgentChip({ onGoOn }: { onGoOn: () => void }): ReactNode {
  const { t, format } = useWords();
  const { agent, mode, menuOpen } = useAgent();
  const seconds = useSettings((store) => store.settings.progressiveSeconds);
  const anchor = useRef<HTMLButtonElement>(null);
  const floor = useQuery('show-floor', {}).data;
  const isInCall = agent.call.kind === 'living';
  const state = shownAgentState(agent);
  const isLater = isBusy(agent);
  const chosen = agent.next ?? (isLater ? null : agent.choice);
  const close = (): void => { useAgent.setState({ menuOpen: false }); };
  const choose = (choice: AgentChoice): void => {
    close();
    stepAgent({ kind: 'choose', choice });
  };
  const askForHelp = async (): Promise<void> => {
    const error = await askHelp(floor);
    if (error !== null) useNotice.getState().warn(errorSentence(error, t, format));
  };
  const isOn = mode.phase !== 'off';
  return (
    <>
      <ButtonBase
        ref={anchor} className={`chip chip-agent agent-${state}`} data-testid="agent-state" data-state={state} aria-haspopup="menu" aria-expanded={menuOpen}
        onClick={() => { useAgent.setState({ menuOpen: true }); }}
      >
        <i className="dot" aria-hidden="true" />
        <span className="visually-hidden">{t('agent.title')}: </span>
        <span>{t(`agent.state.${state}`)}</span>
        <Since sinceMs={agent.sinceMs} />
        {agent.next === null ? null : <Next choice={agent.next} />}
        {isOn ? <span className="visually-hidden"> {t('agent.progressive')}</span> : null}
        {isOn ? <svg className="agent-mode" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M1.5 2.2 5.6 6l-4.1 3.8zm5 0L10.6 6l-4.1 3.8z" fill="currentColor" /></svg> : null}
      </ButtonBase>
      <Menu disablePortal anchorEl={() => anchor.current} open={menuOpen} onClose={close} slotProps={{ list: { 'aria-label': t('agent.title') } }}>
        <li role="none" className="agent-menu-note">{t(isLater ? 'agent.afterCall' : 'agent.now')}</li>
        {agentChoices.map((choice) => (
          <MenuItem key={choice} role="menuitemradio" aria-checked={chosen === choice} onClick={() => { choose(choice); }}>
            <Mark shown={chosen === choice} /> {t(`agent.state.${choice}`)}
          </MenuItem>
        ))}
        {agent.line === 'none' ? null : [
          <MenuItem
            key="progressive" role="menuitemcheckbox" aria-checked={isOn} className="menu-group agent-menu-mode"
            onClick={() => { close(); stepMode({ kind: 'switch', on: !isOn }); }}
          >
            <Mark shown={isOn} />
            <span>{t('agent.progressive')}<span className="menu-note">{t('agent.progressiveHow', { count: seconds })}</span></span>
          </MenuItem>,
          isOn ? <MenuItem key="goOn" onClick={() => { close(); onGoOn(); }}><Mark shown={false} /> {t('agent.goOn')} <span className="spacer" /> <ShortcutHint id="goOn" /></MenuItem> : null,
          <MenuItem key="pad" onClick={() => { useAgent.setState({ menuOpen: false, padOpen: true }); }}>
            <Mark shown={false} /> {t('agent.dialNumber')} <span className="spacer" /> <ShortcutHint id="dialPad" />
          </MenuItem>,
        ]}
        {isInCall ? (
          <MenuItem className="menu-group" onClick={() => { close(); void askForHelp(); }}>
            <Mark shown={floor?.own.help != null} /> {t(floor?.own.help == null ? 'floor.askHelp' : 'floor.takeBack')} <span className="spacer" /> <ShortcutHint id="help" />
          </MenuItem>
        ) : null}
        <li role="none" className="agent-menu-note agent-menu-foot">{t(floor?.followedBy == null ? 'agent.private' : 'floor.followedNote')}</li>
      </Menu>
    </>
  );
}

function Next({ choice }: { choice: AgentChoice }): ReactNode {
  const { t } = useWords();
  const text = t('agent.next', { state: t(`agent.state.${choice}`) });
  return (
    <>
      <span className="agent-next">{text}</span>
      <span className="agent-next-sign"><span className="visually-hidden">{text}</span><span aria-hidden="true">›</span></span>
    </>
  );
}

function Since({ sinceMs }: { sinceMs: number }): ReactNode {
  const nowMs = useClock(1_000);
  return <span className="agent-since" aria-hidden="true">{spanText(nowMs - sinceMs)}</span>;
}

function Mark({ shown }: { shown: boolean }): ReactNode {
  return (
    <svg className="menu-check" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      {shown ? <path d="m2 6.4 2.6 2.6L10 3.4" fill="none" stroke="currentColor" strokeWidth="1.8" /> : null}
    </svg>
  );
}
