/**
 * What others wrote, oldest first, as a quiet line under the bar until it is read: never over the work, never in the way of a call. Who and when
 * stand with it. That it was read is told to nobody.
 */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import './messages.css';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';

export function MessageStrip({ isLead }: { isLead: boolean }): ReactNode {
  const { t, format } = useWords();
  const openCase = useNavigation((store) => store.openCase);
  const unread = useQuery('list-messages', {}).data?.unread ?? [];
  const [message] = unread;
  const read = (): void => { if (message !== undefined) void command('read-message', { messageId: message.messageId }); };
  useShortcuts({ readMessage: read });
  if (message === undefined) return null;
  const { caseId, customerName } = message;
  return (
    <section className="message-strip" aria-label={t('message.strip')} data-testid="message">
      <span role="status" className="message-text">
        <b>{message.from ?? t('message.colleague')}</b> <span className="dim">{format.past(message.at)}{message.to === 'all' ? ` · ${t('message.all')}` : ''}{customerName === null ? '' : ` · ${customerName}`}</span> {message.text}
      </span>
      {unread.length > 1 ? <span className="dim">{t('message.more', { count: unread.length - 1 })}</span> : null}
      {caseId === null || customerName === null || isLead ? null : <Button className="quiet" onClick={() => { openCase(caseId); }}>{t('message.openCase')}</Button>}
      <Button onClick={read}>{t('message.read')} <ShortcutHint id="readMessage" /></Button>
    </section>
  );
}
