/** Who, line to the hub, today's numbers, search: always in the same place. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { useConnection } from '../bridge/connection.ts';
import { useQuery } from '../bridge/use-query.ts';
import { mayDecide } from '../../shared/facts/decision-rules.ts';
import type { User } from '../../shared/protocol/session-protocol.ts';
import { AgentChip } from '../features/agent/agent-chip.tsx';
import { FollowedMark } from '../features/floor/followed-mark.tsx';
import { AppMenu } from '../features/settings/app-menu.tsx';
import { LineChip } from '../features/telephone/line-chip.tsx';
import { KeyHint, ShortcutHint } from '../ui/key-hint.tsx';
import { useWords } from './i18n.ts';
import { lineState } from './line-state.ts';
import { useNavigation } from './navigation-store.ts';
import { SearchButton } from './search-button.tsx';
import { TodayNumbers } from './today-panel.tsx';

interface Props {
  user: User;
  encrypted: boolean;
  onSignedOut: () => void;
  onNext: () => void;
  onBack: () => void;
  /** Progressive mode: with the case in front, or with the next one. */
  onGoOn: () => void;
}

export function AppBar({ user, encrypted, onSignedOut, onNext, onBack, onGoOn }: Props): ReactNode {
  const { t } = useWords();
  const { place, go } = useNavigation();
  const sync = useQuery('show-sync', {});
  const reconnecting = useConnection((store) => store.state === 'reconnecting');
  const line = reconnecting ? 'connecting' : lineState(sync.data);
  const unsent = sync.data?.unsentCount ?? 0;
  const isLead = mayDecide(user.role);
  const isInbound = user.role === 'inbound';
  return (
    <header className="bar">
      <span className="logo">prem<i>u</i>ra</span>
      <AppMenu user={user} unsentCount={unsent} onSignedOut={onSignedOut} />
      {place.name === 'case' && !isLead ? null : (
        <nav className="bar-nav" aria-label={t('bar.screens')}>
          {isLead ? <Button aria-current={place.name === 'home' ? 'page' : undefined} onClick={() => { go({ name: 'home' }); }}>{t('lead.title')}</Button> : null}
          {isLead ? <Button aria-current={place.name === 'live' ? 'page' : undefined} onClick={() => { go({ name: 'live' }); }}>{t('live.nav')}</Button> : null}
          {isInbound ? null : <Button
            aria-current={place.name === 'worklist' || (place.name === 'home' && !isLead) ? 'page' : undefined} onClick={() => { go({ name: 'worklist' }); }}
          >
            {t(isLead ? 'view.to-work' : 'bar.worklist')}
          </Button>}
          <Button aria-current={place.name === 'agenda' ? 'page' : undefined} onClick={() => { go({ name: 'agenda' }); }}>{t('agenda.title')}</Button>
          {user.role === 'admin' ? null : <Button aria-current={place.name === 'inbound' || (place.name === 'home' && isInbound) ? 'page' : undefined} onClick={() => { go({ name: 'inbound' }); }}>{t('bar.inbound')}</Button>}
          {isLead ? <Button aria-current={place.name === 'imports' ? 'page' : undefined} onClick={() => { go({ name: 'imports' }); }}>{t('imports.nav')}</Button> : null}
          {isLead ? <Button aria-current={place.name === 'conduct' ? 'page' : undefined} onClick={() => { go({ name: 'conduct' }); }}>{t('conduct.nav')}</Button> : null}
          {user.role === 'admin' ? <Button aria-current={place.name === 'users' ? 'page' : undefined} onClick={() => { go({ name: 'users' }); }}>{t('users.title')}</Button> : null}
        </nav>
      )}
      {place.name === 'case' ? (
        <Button onClick={onBack}>{t('bar.toList')} <KeyHint keys="Esc" /></Button>
      ) : isLead || isInbound ? null : (
        <Button className="primary" onClick={onNext}>{t('bar.next')} <ShortcutHint id="next" /></Button>
      )}
      <span className="spacer" />
      {encrypted ? null : <span className="tag tag-reminder" title={t('signIn.notEncrypted')}>{t('bar.testBuild')}</span>}
      <LineChip userId={user.userId} />
      <span className={`chip chip-${line}`} data-testid="network-state"><i className="dot" aria-hidden="true" />{t(`network.${line}`)}</span>
      <span className="chip">{t('bar.unsent')} <b data-testid="unsent-count" className={unsent > 0 ? 'waiting' : ''}>{unsent}</b></span>
      {isLead ? null : <TodayNumbers />}
      <SearchButton />
      {isLead ? null : <FollowedMark />}
      {isLead ? null : <AgentChip onGoOn={onGoOn} />}
    </header>
  );
}
