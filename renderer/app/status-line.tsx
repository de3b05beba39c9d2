/** The foot of the window: what was just saved on the left, how the line stands on the right. */
import type { ReactNode } from 'react';
import { useConnection } from '../bridge/connection.ts';
import { useQuery } from '../bridge/use-query.ts';
import { ScreenBreakNotice } from '../features/agent/screen-break-notice.tsx';
import { useWords } from './i18n.ts';
import { lineSentenceKey } from './line-state.ts';
import { useNotice } from './notice-store.ts';
import { OfferedAction } from './offered-action.tsx';

export function StatusLine(): ReactNode {
  const { t, format } = useWords();
  const text = useNotice((store) => store.text);
  const tone = useNotice((store) => store.tone);
  const reconnecting = useConnection((store) => store.state === 'reconnecting');
  const sync = useQuery('show-sync', {}).data;
  const trouble = lineSentenceKey(sync);
  const lineSentence = (): string => {
    if (reconnecting) return t('status.deskReconnecting');
    if (trouble !== null) return t(trouble);
    if (sync?.lastSyncAt) return t('status.lastSync', { at: format.moment(sync.lastSyncAt) });
    return '';
  };
  const troubled = reconnecting || trouble !== null;
  return (
    <footer className={troubled ? 'status status-offline' : 'status'}>
      <div className="status-done">
        <p role="status" aria-live="polite" className={tone === 'problem' ? 'status-problem' : 'status-saved'}>{text}</p>
        <OfferedAction />
      </div>
      <ScreenBreakNotice />
      <p aria-live="polite">{lineSentence()}</p>
    </footer>
  );
}
