/** The hub's flags: it happened, and somebody should look. */
import type { ReactNode } from 'react';
import { useQuery } from '../../bridge/use-query.ts';
import { formatParams } from '../../app/format.ts';
import { useWords } from '../../app/i18n.ts';
import { Empty, Failed, Loading } from '../../ui/state-views.tsx';

export function FlagList(): ReactNode {
  const { t, format } = useWords();
  const flags = useQuery('list-flags', {});
  const rows = flags.data?.rows ?? [];
  return (
    <section className="card flags" aria-labelledby="flags-title">
      <div className="incoming-head">
        <h2 id="flags-title">{t('lead.flags')}</h2>
        {rows.length === 0 ? null : <span className="tag tag-reminder">{format.count(rows.length)}</span>}
      </div>
      {flags.data === null ? (
        flags.error === null ? <Loading /> : <Failed error={flags.error} onRetry={flags.askAgain} />
      ) : rows.length === 0 ? (
        <Empty title={t('lead.noFlagsTitle')} text={t('lead.noFlagsText')} />
      ) : (
        <ul className="flag-list" tabIndex={0} aria-label={t('lead.flags')}>
          {rows.map((flag) => (
            <li key={flag.flagId}>
              <span className="faint">{format.past(flag.at)}</span>
              <span><b>{flag.customerName ?? t('lead.unknownCustomer')}</b><span className="flag-text">{t(`flag.${flag.code}`, formatParams(flag.details, format))}</span></span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
