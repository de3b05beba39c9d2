/** The figures of what came in, each amount in its own currency. */
import type { ReactNode } from 'react';
import type { IncomingScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';

export function IncomingTotals({ totals }: { totals: IncomingScreen['totals'] }): ReactNode {
  const { t, format } = useWords();
  const amounts = Object.entries(totals.promisedCents);
  return (
    <section className="totals" aria-label={t('lead.totals')}>
      <Figure label={t('lead.outcomes')} value={format.count(totals.outcomes)} note={t('lead.outcomesNote')} />
      <Figure label={t('lead.rightParty')} value={format.count(totals.rightParty)} note={t('lead.rightPartyNote', { total: format.count(totals.outcomes) })} />
      <div className="figure card">
        <h2>{t('lead.promised')}</h2>
        <p className="figure-values">
          {amounts.length === 0 ? <span className="figure-value">–</span> : amounts.map(([currency, cents]) => (
            <span className="figure-value" key={currency}>{format.money(cents, currency)}</span>
          ))}
        </p>
        <p className="dim">{t('lead.promisesNote', { count: totals.promises })}</p>
      </div>
      <Figure label={t('lead.disputes')} value={format.count(totals.disputes)} note={t('lead.disputesNote')} />
    </section>
  );
}

function Figure({ label, value, note }: { label: string; value: string; note: string }): ReactNode {
  return (
    <div className="figure card">
      <h2>{label}</h2>
      <p className="figure-value">{value}</p>
      <p className="dim">{note}</p>
    </div>
  );
}
