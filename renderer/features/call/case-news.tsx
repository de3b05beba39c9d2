/** What others did about this case while it stood here: said once aloud by screen readers, there until the case is left. */
import type { ReactNode } from 'react';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { useCall } from './call-store.ts';
import { findNews } from './find-news.ts';
import { entryText } from './timeline-row.tsx';

const MOST_SHOWN = 3;

export function CaseNews({ screen }: { screen: CaseScreen }): ReactNode {
  const { t, format } = useWords();
  const stand = useCall((store) => store.stand);
  const { entries, owedBeforeCents } = findNews(stand, screen);
  const lines = [
    ...entries.slice(0, MOST_SHOWN).map((entry) => ({ id: entry.factId, text: `${format.past(entry.at, entry.zone)} · ${entryText(entry, t, format)}`, why: reasonsOf(entry).map((reason) => t(`contactReason.${reason}`)) })),
    ...(entries.length > MOST_SHOWN ? [{ id: 'more', text: t('case.newsMore', { count: entries.length - MOST_SHOWN }), why: [] }] : []),
    ...(owedBeforeCents === null ? [] : [{
      id: 'owed', text: t('case.newsOwed', { before: format.money(owedBeforeCents, screen.currency), now: format.money(screen.openCents, screen.currency) }), why: [],
    }]),
  ];
  return (
    <div role="status" className="case-news-place">
      {lines.length === 0 ? null : (
        <div className="why why-news" data-testid="case-news">
          <b>{t('case.news')}</b>
          <ul>
            {lines.map(({ id, text, why }) => <li key={id}>{text}{why.length === 0 ? null : <span className="dim">{` · ${why.join(' · ')}`}</span>}</li>)}
          </ul>
        </div>
      )}
    </div>
  );
}

function reasonsOf(entry: ReturnType<typeof findNews>['entries'][number]): CaseReasons {
  return entry.kind === 'outcome' ? entry.outcome.reasons : [];
}

type CaseReasons = Extract<CaseScreen['history'][number], { kind: 'outcome' }>['outcome']['reasons'];
