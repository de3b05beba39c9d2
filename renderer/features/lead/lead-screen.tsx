/** What came in and what wants a look: totals, outcomes, flags. It names no operator. */
import type { ReactNode } from 'react';
import './lead.css';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { Failed, Loading } from '../../ui/state-views.tsx';
import { FlagList } from './flag-list.tsx';
import { IncomingList } from './incoming-list.tsx';
import { IncomingTotals } from './incoming-totals.tsx';

export function LeadScreen(): ReactNode {
  const { t } = useWords();
  const incoming = useQuery('list-incoming', {});
  return (
    <main className="lead" aria-labelledby="lead-title">
      <h1 id="lead-title" className="visually-hidden">{t('lead.title')}</h1>
      {incoming.data === null ? (
        incoming.error === null ? <Loading /> : <Failed error={incoming.error} onRetry={incoming.askAgain} />
      ) : (
        <>
          <IncomingTotals totals={incoming.data.totals} />
          <div className="lead-two">
            <IncomingList rows={incoming.data.rows} />
            <FlagList />
          </div>
        </>
      )}
    </main>
  );
}
