/** Left: who is who, why now, what is open, and everything that happened before. Only what the right party may hear about, so never before the gate. */
import { memo, useRef } from 'react';
import type { ReactNode } from 'react';
import type { CallScreen } from '../../../shared/contract/conduct-channels.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { AgreementBlock } from './agreement-block.tsx';
import { useCall } from './call-store.ts';
import { CaseNews } from './case-news.tsx';
import { CaseState } from './case-state.tsx';
import { ConfirmedBlock } from './gate-panel.tsx';
import { InlineForms } from './inline-forms.tsx';
import { InvoiceList } from './invoice-list.tsx';
import { PeopleBlock } from './people-block.tsx';
import { Timeline } from './timeline.tsx';

interface Props {
  screen: CaseScreen;
  scriptVersion: string | null;
  call: CallScreen | null;
}

export const CustomerPanel = memo(function CustomerPanel({ screen, scriptVersion, call }: Props): ReactNode {
  const { t } = useWords();
  const panel = useRef<HTMLElement>(null);
  const setInline = useCall((store) => store.setInline);
  const basedOn = { caseRevision: screen.revision, scriptVersion };
  return (
    <section ref={panel} className="panel panel-customer" aria-label={t('case.customerPanel')} tabIndex={0}>
      {call === null ? null : <ConfirmedBlock call={call} screen={screen} />}
      <CaseNews screen={screen} />
      <CaseState screen={screen} inCall={call !== null} withoutPromise />
      <PeopleBlock screen={screen} edit={setInline}><InlineForms screen={screen} basedOn={basedOn} place="people" /></PeopleBlock>
      <InvoiceList screen={screen} />
      <AgreementBlock screen={screen} basedOn={basedOn} />
      <Timeline screen={screen} basedOn={basedOn} scroller={panel} />
    </section>
  );
}, isDrawn);

/** Of the call it shows the gate: a step in the script draws nothing here. */
function isDrawn(before: Props, now: Props): boolean {
  return before.screen === now.screen && before.scriptVersion === now.scriptVersion && before.call?.gate === now.call?.gate;
}
