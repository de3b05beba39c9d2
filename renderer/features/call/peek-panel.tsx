/** What is peeked into while the gate is not confirmed: asked for on purpose, gone by the same key. */
import Button from '@mui/material/Button';
import { useEffect, useRef } from 'react';
import type { ReactNode, RefObject } from 'react';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { useWords } from '../../app/i18n.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { CaseState } from './case-state.tsx';
import type { BasedOn } from './inline-forms.tsx';
import { InvoiceList } from './invoice-list.tsx';
import { PeopleBlock } from './people-block.tsx';
import { Timeline } from './timeline.tsx';

export function PeekPanel({ screen, basedOn, scroller }: { screen: CaseScreen; basedOn: BasedOn; scroller: RefObject<HTMLElement | null> }): ReactNode {
  const { t } = useWords();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    panel.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <section ref={panel} className="peek" data-testid="peek" aria-label={t('gate.peeked')}>
      <p className="note note-warning">{t('gate.peekHint')}</p>
      <CaseState screen={screen} inCall />
      <PeopleBlock screen={screen} edit={null} />
      <InvoiceList screen={screen} />
      <Timeline screen={screen} basedOn={basedOn} scroller={scroller} />
    </section>
  );
}

/** Opens and closes it. */
export function PeekButton({ peeking, onPeek }: { peeking: boolean; onPeek: () => void }): ReactNode {
  const { t } = useWords();
  return <Button aria-pressed={peeking} onClick={onPeek}>{t(peeking ? 'gate.unpeek' : 'gate.peek')} <ShortcutHint id="peek" /></Button>;
}
