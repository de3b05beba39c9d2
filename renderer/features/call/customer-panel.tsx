/** Left: who is who, why now, what is open, and everything that happened before. */
import { memo, useRef } from 'react';
import type { ReactNode } from 'react';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { useCall } from './call-store.ts';
import { CaseState } from './case-state.tsx';
import { InlineForms } from './inline-forms.tsx';
import { InvoiceList } from './invoice-list.tsx';
import { PeopleBlock } from './people-block.tsx';
import { Timeline } from './timeline.tsx';

export const CustomerPanel = memo(function CustomerPanel({ screen, scriptVersion }: { screen: CaseScreen; scriptVersion: string | null }): ReactNode {
  const { t } = useWords();
  const panel = useRef<HTMLElement>(null);
  const setInline = useCall((store) => store.setInline);
  const basedOn = { caseRevision: screen.revision, scriptVersion };
  return (
    <section ref={panel} className="panel panel-customer" aria-label={t('case.customerPanel')} tabIndex={0}>
      <CaseState screen={screen} />
      <PeopleBlock screen={screen} edit={setInline}><InlineForms screen={screen} basedOn={basedOn} place="people" /></PeopleBlock>
      <InvoiceList screen={screen} />
      <Timeline screen={screen} basedOn={basedOn} scroller={panel} />
    </section>
  );
});
