/** The frame: sign-in or work, an app bar and a status line that never move, one screen between. */
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import type { AppInfo } from '../bridge/preload-api.ts';
import { query } from '../bridge/desk.ts';
import { useQuery } from '../bridge/use-query.ts';
import type { SalvageNotice as Notice } from '../../shared/contract/screens.ts';
import type { User } from '../../shared/protocol/session-protocol.ts';
import type { CaseId } from '../../shared/id.ts';
import { CallScreen } from '../features/call/call-screen.tsx';
import { saveDraftNow } from '../features/call/draft-saver.ts';
import { LeadScreen } from '../features/lead/lead-screen.tsx';
import { ShortcutsDialog } from '../features/settings/shortcuts-dialog.tsx';
import { SalvageNotice } from '../features/sign-in/salvage-notice.tsx';
import { SignInScreen } from '../features/sign-in/sign-in-screen.tsx';
import { SearchDialog } from '../features/worklist/search-dialog.tsx';
import { useWorklist } from '../features/worklist/worklist-store.ts';
import { WorklistScreen } from '../features/worklist/worklist-screen.tsx';
import { Failed, Loading } from '../ui/state-views.tsx';
import { AppBar } from './app-bar.tsx';
import { useWords } from './i18n.ts';
import { useNavigation } from './navigation-store.ts';
import { useNotice } from './notice-store.ts';
import { errorSentence } from './sentences.ts';
import { StatusLine } from './status-line.tsx';
import { useShortcuts } from './use-shortcuts.ts';

export function App({ appInfo }: { appInfo: AppInfo }): ReactNode {
  const session = useQuery('show-session', {});
  const user = session.data?.user ?? null;
  const userId = user?.userId ?? null;
  const go = useNavigation((store) => store.go);
  useEffect(() => {
    go({ name: 'home' });
    useWorklist.getState().reset();
    useNotice.getState().say('');
  }, [userId, go]);

  if (session.data === null) {
    return <main className="fill">{session.error === null ? <Loading /> : <Failed error={session.error} onRetry={session.askAgain} />}</main>;
  }
  if (user === null) return <SignInScreen session={session.data} appInfo={appInfo} onTried={session.askAgain} />;
  return <Workplace key={user.userId} user={user} encrypted={session.data.encrypted} salvage={session.data.salvage} onSessionChanged={session.askAgain} />;
}

interface WorkplaceProps {
  user: User;
  encrypted: boolean;
  salvage: Notice | null;
  onSessionChanged: () => void;
}

function Workplace({ user, encrypted, salvage, onSessionChanged }: WorkplaceProps): ReactNode {
  const { place, go, setSearchOpen, setShortcutsOpen } = useNavigation();
  const openNext = useOpenNextCase();
  useShortcuts({
    'Ctrl+K': () => { setSearchOpen(true); },
    '?': () => { setShortcutsOpen(true); },
    ...(place.name === 'case' || user.role !== 'collector' ? {} : { F12: () => { void openNext(null); } }),
  });
  const isLead = user.role !== 'collector';
  const backToList = async (): Promise<void> => {
    await saveDraftNow();
    go(isLead ? { name: 'worklist' } : { name: 'home' });
  };
  return (
    <div className={salvage === null ? 'frame' : 'frame frame-noticed'}>
      <AppBar user={user} encrypted={encrypted} onSignedOut={onSessionChanged} onNext={() => { void openNext(null); }} onBack={() => { void backToList(); }} />
      {salvage === null ? null : <SalvageNotice notice={salvage} onAcknowledged={onSessionChanged} />}
      {place.name === 'case' ? (
        <CallScreen key={place.caseId} caseId={place.caseId} onBack={() => { void backToList(); }} onNext={(from) => openNext(from)} />
      ) : place.name === 'home' && isLead ? (
        <LeadScreen />
      ) : (
        <WorklistScreen />
      )}
      <StatusLine />
      <SearchDialog />
      <ShortcutsDialog />
    </div>
  );
}

/** Opens the best case to work now; says so when there is none, and goes back to the list. */
function useOpenNextCase(): (exceptCaseId: CaseId | null) => Promise<void> {
  const { t, format } = useWords();
  const { go, openCase } = useNavigation();
  return async (exceptCaseId) => {
    const found = await query('find-next-case', { exceptCaseId });
    if (!found.ok) {
      useNotice.getState().warn(errorSentence(found.error, t, format));
    } else if (found.value.caseId === null) {
      const lease = found.value.lease.state;
      useNotice.getState().say(lease === 'live' ? t('worklist.noNext') : t(`lease.${lease}.title`));
      go({ name: 'worklist' });
    } else {
      openCase(found.value.caseId);
    }
  };
}
