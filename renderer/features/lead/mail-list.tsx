/** What was not mailed, or waits longer than it should: why, what to do, a new try. The address stands in the case and nowhere else. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { MailedThing } from '../../../shared/facts/mail-bodies.ts';
import { mailedThings } from '../../../shared/facts/mail-bodies.ts';
import type { MailProblem } from '../../../shared/protocol/mail-protocol.ts';
import { lockedMailCodes } from '../../../shared/protocol/mail-protocol.ts';
import type { AppError } from '../../../shared/result.ts';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { useNotice } from '../../app/notice-store.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Empty, Failed, Loading } from '../../ui/state-views.tsx';
import { useLead } from './lead-store.ts';
import { useRows } from './use-rows.ts';

export function MailList(): ReactNode {
  const { t, format } = useWords();
  const problems = useQuery('list-mail-problems', {});
  const rowProps = useRows<HTMLUListElement>();
  if (problems.data === null) return problems.error === null ? <Loading /> : <Failed error={problems.error} onRetry={problems.askAgain} />;
  const rows = problems.data.problems;
  return (
    <section className="card lead-panel" aria-labelledby="mail-title">
      <div className="incoming-head">
        <h2 id="mail-title">{t('lead.mail')}</h2>
        <span className="dim">{problems.error === null ? t('lead.mailNote', { count: rows.length, shown: format.count(rows.length) }) : t('lead.mailStale')}</span>
      </div>
      {rows.length === 0 ? <Empty title={t('lead.noMailTitle')} text={t('lead.noMailText')} /> : (
        <ul {...rowProps} className="inbox" aria-label={t('lead.mail')} data-testid="mail-problems">
          {rows.map((problem) => <MailRow key={problem.mailId} problem={problem} onRetried={problems.askAgain} />)}
        </ul>
      )}
    </section>
  );
}

function MailRow({ problem, onRetried }: { problem: MailProblem; onRetried: () => void }): ReactNode {
  const { t, format } = useWords();
  const openCase = useLead((store) => store.openCase);
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  const { mailId, caseId, customerName, creditorName, code, state, attempts, queuedAt, nextAt } = problem;
  const thing: MailedThing = mailedThings.find((known) => known === problem.kind) ?? 'document';
  const mayRetry = state === 'failed' && !lockedMailCodes.some((locked) => locked === code);
  const retry = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const done = await command('retry-mail', { mailId });
    setBusy(false);
    setError(done.ok ? null : done.error);
    if (!done.ok) return;
    useNotice.getState().say(t('lead.done.mailRetried'));
    onRetried();
  };
  return (
    <li className="inbox-row">
      <div className="inbox-line">
        <time className="dim" dateTime={new Date(queuedAt).toISOString()} title={format.full(queuedAt)}>{format.past(queuedAt)}</time>
        <button type="button" data-row={mailId} className="inbox-what" onClick={() => { openCase(caseId, mailId); }}>
          <b>{customerName}</b> <span className="dim">{creditorName} · {t(`mail.what.${thing}`)}</span>
          <span className="inbox-text">{t(state === 'failed' ? 'lead.mailFailed' : 'lead.mailWaits')}</span>
          <span className="inbox-next"><b>{t('lead.whatNext')}:</b> {t(`mail.failure.${code}`)}</span>
          {attempts === 0 && nextAt === null ? null : (
            <span className="inbox-about">{t('lead.mailAttempts', { count: attempts })}{nextAt === null || attempts === 0 ? '' : ` · ${t('lead.mailNextAt', { at: format.moment(nextAt) })}`}</span>
          )}
        </button>
        {mayRetry ? <span className="inbox-actions"><Button aria-label={t('lead.mailRetryOf', { name: customerName })} aria-busy={busy} onClick={() => { void retry(); }}>{t('lead.mailRetry')}</Button></span> : null}
      </div>
      {error === null ? null : <p className="field-error" role="alert">{errorSentence(error, t, format)}</p>}
    </li>
  );
}
