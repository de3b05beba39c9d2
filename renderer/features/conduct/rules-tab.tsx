/** Rules per creditor: who is chosen at the left, the rules at the right. */
import ButtonBase from '@mui/material/ButtonBase';
import type { ReactNode } from 'react';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { Empty, Failed, Loading } from '../../ui/state-views.tsx';
import { useConduct } from './conduct-store.ts';
import { CreditorRules } from './creditor-rules.tsx';

export function RulesTab(): ReactNode {
  const { t } = useWords();
  const { data, error, askAgain } = useQuery('show-conduct', {});
  const { creditorId, choose, forms } = useConduct();
  if (data === null) return error === null ? <Loading /> : <Failed error={error} onRetry={askAgain} />;
  const chosen = data.creditors.find((creditor) => creditor.creditorId === creditorId) ?? data.creditors[0];
  if (chosen === undefined) return <Empty title={t('conduct.rules.noCreditor')} text={t('conduct.rules.noCreditorText')} />;
  const move = (by: number): void => {
    const next = data.creditors[data.creditors.indexOf(chosen) + by];
    if (next === undefined) return;
    choose(next.creditorId);
    document.getElementById(`creditor-${next.creditorId}`)?.focus();
  };
  return (
    <div className="rules-parts">
      <nav
        className="card script-places" aria-label={t('conduct.rules.creditors')}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          move(event.key === 'ArrowDown' ? 1 : -1);
        }}
      >
        <h2 className="places-title">{t('conduct.rules.creditors')}</h2>
        <ul>
          {data.creditors.map((creditor) => (
            <li key={creditor.creditorId}>
              <ButtonBase id={`creditor-${creditor.creditorId}`} className="place" aria-current={creditor === chosen ? 'true' : undefined} tabIndex={creditor === chosen ? 0 : -1} onClick={() => { choose(creditor.creditorId); }}>
                <span className="place-name">{creditor.name}</span>
                <span className="dim">{forms[creditor.creditorId] === undefined ? '' : t('conduct.rules.unpublished')}</span>
              </ButtonBase>
            </li>
          ))}
        </ul>
      </nav>
      <CreditorRules key={`${chosen.creditorId} ${String(chosen.conduct?.version ?? 0)}`} creditor={chosen} onPublished={askAgain} />
    </div>
  );
}
