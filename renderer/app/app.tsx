/** The frame: sign-in or work, an app bar and a status line that never move, one screen between. */
import { lazy, Suspense, useEffect } from 'react';
import type { ReactNode } from 'react';
import { onNoticeOpened } from '../bridge/notices.ts';
import type { AppInfo } from '../bridge/preload-api.ts';
import { query } from '../bridge/desk.ts';
import { useQuery } from '../bridge/use-query.ts';
import { MOST_SAVED_VIEWS } from '../../shared/contract/settings-channels.ts';
import type { SalvageNotice as Notice } from '../../shared/contract/salvage-notice.ts';
import { mayDecide } from '../../shared/facts/decision-rules.ts';
import type { User } from '../../shared/protocol/session-protocol.ts';
import type { CaseId } from '../../shared/id.ts';
import { agentModeIsOn, goOnWith, stepAgent, useAgent } from '../features/agent/agent-store.ts';
import { DialPad } from '../features/agent/dial-pad.tsx';
import { FollowCall, useFollowAgent } from '../features/agent/use-follow-agent.ts';
import { AgendaScreen } from '../features/agenda/agenda-screen.tsx';
import { useAgenda } from '../features/agenda/agenda-store.ts';
import { CallScreen } from '../features/call/call-screen.tsx';
import { saveDraftNow } from '../features/call/draft-saver.ts';
import { useRunningCall } from '../features/call/running-call.ts';
import { WaitingStrip } from '../features/call/waiting-strip.tsx';
import { useReturnToCall } from '../features/call/use-return-to-call.ts';
import { InboundScreen } from '../features/inbound/inbound-screen.tsx';
import { LeadScreen } from '../features/lead/lead-screen.tsx';
import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import { followLine } from '../features/telephone/line-store.ts';
import { LineStrip } from '../features/telephone/line-strip.tsx';
import { RingCard } from '../features/telephone/ring-card.tsx';
import { FloorStrip } from '../features/floor/floor-strip.tsx';
import { MessageStrip } from '../features/messages/message-strip.tsx';
import { ShortcutsDialog } from '../features/settings/shortcuts-dialog.tsx';
import { SalvageNotice } from '../features/sign-in/salvage-notice.tsx';
import { SignInScreen } from '../features/sign-in/sign-in-screen.tsx';
import { SearchDialog } from '../features/worklist/search-dialog.tsx';
import { useWorklist } from '../features/worklist/worklist-store.ts';
import { WorklistScreen } from '../features/worklist/worklist-screen.tsx';
import { Failed, Loading } from '../ui/state-views.tsx';
import { AppBar } from './app-bar.tsx';
import { carriesNotice } from './carries-notice.ts';
import { useSetup } from '../features/setup/setup-store.ts';
import { SignInNotes } from '../features/sign-in/sign-in-notes.tsx';
import { Guide } from '../features/training/guide.tsx';
import { TrainingRibbon } from '../features/training/training-ribbon.tsx';
import { holdKeys, releaseKeys } from './hold-keys.ts';
import { useWords } from './i18n.ts';
import type { Place } from './navigation-store.ts';
import { useNavigation } from './navigation-store.ts';
import { useNotice } from './notice-store.ts';
import { errorSentence } from './sentences.ts';
import { useSettings } from './settings-store.ts';
import { StatusLine } from './status-line.tsx';
import { useOwnSettings } from './use-own-settings.ts';
import { useShortcuts } from './use-shortcuts.ts';

const SetupWizard = lazy(async () => ({ default: (await import('../features/setup/setup-wizard.tsx')).SetupWizard }));
const ImportsScreen = lazy(async () => ({ default: (await import('../features/imports/imports-screen.tsx')).ImportsScreen }));
const ConductScreen = lazy(async () => ({ default: (await import('../features/conduct/conduct-screen.tsx')).ConductScreen }));
const LiveScreen = lazy(async () => ({ default: (await import('../features/live/live-screen.tsx')).LiveScreen }));
const UsersScreen = lazy(async () => ({ default: (await import('../features/users/users-screen.tsx')).UsersScreen }));

export function App({ appInfo }: { appInfo: AppInfo }): ReactNode {
  const session = useQuery('show-session', {});
  const user = session.data?.user ?? null;
  const userId = user?.userId ?? null;
  const settingUp = useSetup((store) => store.step);
  const go = useNavigation((store) => store.go);
  useEffect(() => {
    go({ name: 'home' });
    useWorklist.getState().reset();
    useAgenda.getState().reset();
    useNotice.getState().say('');
  }, [userId, go]);

  if (session.data === null) {
    return <main className="fill">{session.error === null ? <Loading /> : <Failed error={session.error} onRetry={session.askAgain} />}</main>;
  }
  const { setup, accounts } = session.data;
  const whole = (content: ReactNode): ReactNode => (appInfo.training ? <TrainingRibbon>{content}</TrainingRibbon> : content);
  if (settingUp !== null ? user !== null || setup === 'needed' : user === null && setup === 'needed') {
    return <Suspense fallback={<main className="fill"><Loading /></main>}><SetupWizard isSignedIn={user !== null} notice={<SignInNotes session={session.data} appInfo={appInfo} />} onSession={session.askAgain} /></Suspense>;
  }
  if (user === null && setup === 'unknown' && accounts.length === 0 && !appInfo.demo) return <main className="fill"><Loading /></main>;
  if (user === null) return whole(<SignInScreen session={session.data} appInfo={appInfo} onTried={session.askAgain} />);
  return whole(<Workplace key={user.userId} user={user} appInfo={appInfo} encrypted={session.data.encrypted} salvage={session.data.salvage} onSessionChanged={session.askAgain} />);
}

interface WorkplaceProps {
  user: User;
  appInfo: AppInfo;
  encrypted: boolean;
  salvage: Notice | null;
  onSessionChanged: () => void;
}

function Workplace({ user, appInfo, encrypted, salvage, onSessionChanged }: WorkplaceProps): ReactNode {
  const { place, list, go, setShortcutsOpen } = useNavigation();
  const openNext = useOpenNextCase();
  const settled = useOwnSettings();
  useReturnToCall();
  useEffect(followLine, []);
  useFollowAgent();
  const isLead = mayDecide(user.role);
  const show = async (wanted: Place): Promise<void> => {
    await saveDraftNow();
    go(wanted);
  };
  const hasLine = useAgent(({ agent }) => agent.line !== 'none');
  const goOn = (): void => {
    if (!agentModeIsOn()) return;
    stepAgent({ kind: 'choose', choice: 'ready' });
    if (place.name !== 'case') void openNext(null);
    else if (useRunningCall.getState().call === null) goOnWith(place.caseId);
  };
  useEffect(() => useNavigation.subscribe((now, before) => {
    const { offered, say } = useNotice.getState();
    if (now.place !== before.place && !carriesNotice(before.place, now.place, before.list.name, offered !== null)) say('');
  }), []);
  useEffect(() => (isLead ? onNoticeOpened(() => { go({ name: 'live' }); }) : undefined), [isLead, go]);
  useShortcuts({
    list: () => { setShortcutsOpen(true); },
    showWorklist: () => { void show({ name: 'worklist' }); },
    showInbound: () => { void show({ name: 'inbound' }); },
    showAgenda: () => { void show({ name: 'agenda' }); },
    showSettings: () => { void show({ name: 'settings' }); },
    ...(isLead ? {} : { agentState: () => { useAgent.setState({ menuOpen: true }); }, goOn }),
    ...(hasLine ? { dialPad: () => { useAgent.setState({ padOpen: true }); } } : {}),
    ...(isLead ? { showBoard: () => { void show({ name: 'live' }); } } : {}),
    ...(place.name === 'case' ? {} : savedViewKeys(go)),
    ...(place.name === 'case' || isLead ? {} : { next: () => { void openNext(null); } }),
    ...(place.name === 'settings' ? { Escape: () => { go(list); } } : {}),
  });
  useEffect(() => {
    // A case takes what was pressed on the way to it once it can; every other screen is there at once.
    if (place.name !== 'case') releaseKeys();
  }, [place.name]);
  const backToList = async (): Promise<void> => {
    await saveDraftNow();
    go(isLead && list.name === 'home' ? { name: 'worklist' } : list);
  };
  if (!settled) return <main className="fill"><Loading /></main>;
  return (
    <div className="frame">
      <AppBar user={user} encrypted={encrypted} onSignedOut={onSessionChanged} onNext={() => { void openNext(null); }} onBack={() => { void backToList(); }} onGoOn={goOn} />
      <div>
        {salvage === null ? null : <SalvageNotice notice={salvage} onAcknowledged={onSessionChanged} />}
        <LineStrip />
        <FloorStrip role={user.role} />
        <WaitingStrip />
        <MessageStrip isLead={isLead} />
      </div>
      <div className="guided">
      {place.name === 'case' ? (
        <CallScreen key={place.caseId} caseId={place.caseId} onBack={() => { void backToList(); }} onNext={(from) => openNext(from)} />
      ) : place.name === 'agenda' ? (
        <AgendaScreen />
      ) : place.name === 'inbound' || (place.name === 'home' && user.role === 'inbound') ? (
        <InboundScreen />
      ) : place.name === 'settings' ? (
        <SettingsScreen appInfo={appInfo} isLead={isLead} />
      ) : place.name === 'imports' && isLead ? (
        <Suspense fallback={<main className="fill"><Loading /></main>}><ImportsScreen /></Suspense>
      ) : place.name === 'conduct' && isLead ? (
        <Suspense fallback={<main className="fill"><Loading /></main>}><ConductScreen me={user} /></Suspense>
      ) : place.name === 'live' && isLead ? (
        <Suspense fallback={<main className="fill"><Loading /></main>}><LiveScreen /></Suspense>
      ) : place.name === 'users' && user.role === 'admin' ? (
        <Suspense fallback={<main className="fill"><Loading /></main>}><UsersScreen me={user} /></Suspense>
      ) : place.name === 'home' && isLead ? (
        <LeadScreen />
      ) : (
        <WorklistScreen />
      )}
      {isLead ? null : <Guide startsItself={!appInfo.demo || appInfo.training} />}
      </div>
      <StatusLine />
      <RingCard />
      {place.name === 'case' ? null : <FollowCall />}
      <DialPad />
      <SearchDialog />
      <ShortcutsDialog isLead={isLead} />
    </div>
  );
}

/** Alt+1 … Alt+9: the saved views in their order. */
function savedViewKeys(go: (place: Place) => void): Record<string, () => void> {
  return Object.fromEntries(Array.from({ length: MOST_SAVED_VIEWS }, (_, place) => [`Alt+${String(place + 1)}`, () => {
    const saved = useSettings.getState().settings.savedViews[place];
    if (saved === undefined) return;
    useWorklist.getState().showSaved(saved);
    go({ name: 'worklist' });
  }]));
}

/** Opens the best case to work now; says so when there is none, and goes back to the list. */
function useOpenNextCase(): (exceptCaseId: CaseId | null) => Promise<void> {
  const { t, format } = useWords();
  const { go, openCase } = useNavigation();
  return async (exceptCaseId) => {
    holdKeys();
    const isDialling = agentModeIsOn();
    const found = await query(isDialling ? 'find-next-callable' : 'find-next-case', { exceptCaseId });
    if (!found.ok) {
      releaseKeys();
      useNotice.getState().warn(errorSentence(found.error, t, format));
    } else if (found.value.caseId === null) {
      const lease = found.value.lease.state;
      go({ name: 'worklist' });
      releaseKeys();
      goOnWith(null);
      useNotice.getState().say(lease !== 'live' ? t(`lease.${lease}.title`) : t(isDialling ? 'agent.paused.no-case' : 'worklist.noNext'));
    } else {
      openCase(found.value.caseId);
      goOnWith(found.value.caseId);
    }
  };
}
