/**
 * Who called or wrote and belongs to no case: one open list for whoever answers, each task done by one person.
 *
 * Invariants: who noted or took a task is told to nobody; whoever begins one takes it first, at the hub.
 */
import Button from '@mui/material/Button';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import './contacts.css';
import type { ContactTaskRow } from '../../../shared/contract/contact-task-channels.ts';
import type { FactId } from '../../../shared/id.ts';
import type { AppError } from '../../../shared/result.ts';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { shownNumber } from '../telephone/line-words.ts';
import { CloseContact } from './close-contact.tsx';
import { MatchContact } from './match-contact.tsx';

type Open = { taskId: FactId; how: 'match' | 'close' } | null;

/** @param isQuiet says nothing where there is nothing */
export function ContactTasks({ isQuiet = false }: { isQuiet?: boolean }): ReactNode {
  const { t, format } = useWords();
  const [open, setOpen] = useState<Open>(null);
  const [error, setError] = useState<{ taskId: FactId; error: AppError } | null>(null);
  const { data, askAgain } = useQuery('list-contact-tasks', {});
  const rows = data?.rows ?? [];
  // Half an hour goes by without a word from anybody.
  useEffect(() => {
    if (data?.lapsesInMs == null) return undefined;
    const timer = setTimeout(askAgain, data.lapsesInMs);
    return () => { clearTimeout(timer); };
  }, [data, askAgain]);
  const close = (): void => { setOpen(null); };
  const begin = async (taskId: FactId, how: 'match' | 'close' | 'take' | 'leave'): Promise<void> => {
    const taken = await command('take-contact', { taskId, take: how !== 'leave' });
    setError(taken.ok ? null : { taskId, error: taken.error });
    setOpen(taken.ok && (how === 'match' || how === 'close') ? { taskId, how } : null);
  };
  if (rows.length === 0 && isQuiet) return null;
  return (
    <section className="contact-tasks" aria-labelledby="contact-tasks-title">
      <h2 id="contact-tasks-title">{t('contactTask.title')}{rows.length === 0 ? null : <span className="faint"> {format.count(rows.length)}</span>}</h2>
      {rows.length === 0 ? <p className="dim">{t('contactTask.none')}</p> : (
        <ul>
          {rows.map((row) => (
            <li key={row.taskId} className={`contact-task contact-task-${row.state}`} data-testid="contact-task" data-state={row.state}>
              <TaskWords row={row} />
              {row.state === 'unsent' ? null : row.state === 'taken' ? <p className="note note-warning">{t('contactTask.taken')}</p> : open?.taskId === row.taskId ? null : (
                <div className="inline-actions">
                  <Button onClick={() => { void begin(row.taskId, 'match'); }}>{t('contactTask.match')}</Button>
                  <Button onClick={() => { void begin(row.taskId, 'close'); }}>{t('contactTask.close')}</Button>
                  {row.state === 'mine' ? <Button className="quiet" onClick={() => { void begin(row.taskId, 'leave'); }}>{t('contactTask.leave')}</Button>
                    : <Button className="quiet" onClick={() => { void begin(row.taskId, 'take'); }}>{t('contactTask.take')}</Button>}
                </div>
              )}
              {error?.taskId === row.taskId ? <p className="field-error" role="alert">{errorSentence(error.error, t, format)}</p> : null}
              {open?.taskId === row.taskId && row.state !== 'taken' ? (open.how === 'match' ? <MatchContact row={row} onClose={close} /> : <CloseContact row={row} onClose={close} />) : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function TaskWords({ row }: { row: ContactTaskRow }): ReactNode {
  const { t, format } = useWords();
  const { channel, who, at, reasons, text, creditorName, customerName, times, state } = row;
  const facts = [
    t(`contactTask.channel.${channel}`), format.moment(at), ...(times > 1 ? [t('contactTask.times', { count: times })] : []), ...(creditorName === null ? [] : [creditorName]),
    ...(state === 'unsent' ? [t('contactTask.unsent')] : state === 'mine' ? [t('contactTask.mine')] : []),
  ];
  return (
    <div className="contact-task-words">
      <b>{shownNumber(who)}{customerName === null ? '' : ` · ${customerName}`}</b>
      <span className="dim">{facts.join(' · ')}</span>
      {reasons.length === 0 ? null : <span>{reasons.map((reason) => t(`contactReason.${reason}`)).join(' · ')}</span>}
      {text === '' ? null : <span className="contact-task-text">{text}</span>}
    </div>
  );
}
