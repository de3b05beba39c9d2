/** The strip that carries the tone: whom we speak with, for whom, and how. */
import type { ReactNode } from 'react';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';

const manners = ['polite', 'listening', 'proactive', 'firm'] as const;

export function CaseHeader({ screen }: { screen: CaseScreen }): ReactNode {
  const { t } = useWords();
  return (
    <div className={`case-header case-header-${screen.tone}`}>
      <ToneTag mark={screen.tone} />
      <h1 data-testid="case-title" title={screen.customer.name}>{screen.customer.name}</h1>
      <span className="case-for">{t('case.onBehalfOf')} <b>{screen.creditorName}</b></span>
      <span className="spacer" />
      <ol className="manners" aria-label={t('case.manners')}>
        {manners.map((manner, index) => <li key={manner}><b aria-hidden="true">{index + 1}</b> {t(`manner.${manner}`)}</li>)}
      </ol>
    </div>
  );
}
