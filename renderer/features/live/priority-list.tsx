/** Queues that come before the others: which, until when and why, and the way to end it. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { FactId } from '../../../shared/id.ts';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { DecisionForm } from '../lead/decision-form.tsx';

export function PriorityList(): ReactNode {
  const { t, format } = useWords();
  const [ending, setEnding] = useState<FactId | null>(null);
  const rows = useQuery('list-priorities', {}).data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <ul className="live-priorities" aria-label={t('live.priorities')} data-testid="priorities">
      {rows.map(({ priorityId, creditorName, tone, until, reason }) => {
        const what = t('live.priority', { queue: `${creditorName} · ${t(`tone.${tone}`)}`, date: format.date(until), reason });
        return (
          <li key={priorityId}>
            <span>{what}</span>
            <Button className="quiet" aria-label={`${t('lead.do.unprioritise')}: ${what}`} onClick={() => { setEnding(priorityId); }}>{t('lead.do.unprioritise')}</Button>
            {ending === priorityId ? (
              <DecisionForm
                title={t('lead.unprioritise')} reasonLabel={t('lead.reason')} submitLabel={t('lead.do.unprioritise')} saved={t('lead.done.unprioritised')} onClose={() => { setEnding(null); }}
                decide={(why) => command('end-priority', { priorityId, reason: why })}
              />
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
