/** What stands under every first screen: no hub, no cipher, which version. */
import type { ReactNode } from 'react';
import './sign-in.css';
import type { AppInfo } from '../../bridge/preload-api.ts';
import type { SessionScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';

export function SignInNotes({ session, appInfo }: { session: SessionScreen; appInfo: AppInfo }): ReactNode {
  const { t } = useWords();
  return (
    <>
      {session.hubReachable ? null : <p className="note note-calm">{t('signIn.hubUnreachable')}</p>}
      {session.encrypted ? null : <p className="note note-warning"><b>{t('signIn.notEncryptedTitle')}</b> {t('signIn.notEncrypted')}</p>}
      <p className="faint">{t('signIn.version', { version: appInfo.version })}</p>
    </>
  );
}
