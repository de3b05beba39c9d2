/** The strip that carries the tone: whom we speak with, for whom, and how. Opening a case puts the focus here, so it is read aloud. */
import { memo, useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { ServedActions } from '../messages/served-actions.tsx';
import { CaseColleague } from './case-colleague.tsx';

const manners = ['polite', 'listening', 'proactive', 'firm'] as const;

/** `hidden`: nobody has confirmed who is on the line, so neither tone nor creditor stands here. */
export const CaseHeader = memo(function CaseHeader({ screen, hidden = false, inCall = false }: { screen: CaseScreen; hidden?: boolean; inCall?: boolean }): ReactNode {
  const { t } = useWords();
  const name = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    name.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={`case-header case-header-${hidden ? 'hidden' : screen.tone}`}>
      {hidden ? null : <ToneTag mark={screen.tone} />}
      <h1 ref={name} tabIndex={-1} data-testid="case-title">{screen.customer.name}</h1>
      {hidden ? null : <span className="case-for">{t('case.onBehalfOf')} <b>{screen.creditorName}</b></span>}
      {hidden || inCall ? <CaseColleague reasons={screen.reasons} /> : null}
      <ServedActions screen={screen} />
      <span className="spacer" />
      <ol className="manners" aria-label={t('case.manners')}>
        {manners.map((manner, index) => <li key={manner}><b aria-hidden="true">{index + 1}</b> {t(`manner.${manner}`)}</li>)}
      </ol>
    </div>
  );
});
