/** The hub's flags: it happened, and somebody should look; each says what to do and is settled with a note. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useQuery } from '../../bridge/use-query.ts';
import type { FlagId } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { Empty, Failed, Loading } from '../../ui/state-views.tsx';
import { rememberOpener, returnToOpener } from '../call/inline-focus.ts';
import type { Flag } from './flag-text.tsx';
import { FlagText } from './flag-text.tsx';
import { useLead } from './lead-store.ts';
import { SettleForm } from './settle-form.tsx';
import { isTyped, useRows } from './use-rows.ts';

const MOST_SHOWN = 200;

export function FlagList(): ReactNode {
  const { t, format } = useWords();
  const flags = useQuery('list-flags', {});
  const [open, setOpen] = useState<FlagId | null>(null);
  const rowProps = useRows<HTMLUListElement>();
  if (flags.data === null) return flags.error === null ? <Loading /> : <Failed error={flags.error} onRetry={flags.askAgain} />;
  const { rows } = flags.data;
  const toggle = (flagId: FlagId | null): void => {
    if (flagId === null) returnToOpener();
    else rememberOpener();
    setOpen(flagId);
  };
  return (
    <section className="card lead-panel" aria-labelledby="flags-title">
      <div className="incoming-head">
        <h2 id="flags-title">{t('lead.flags')}</h2>
        <span className="dim">{rows.length > MOST_SHOWN ? t('lead.foundMore', { count: MOST_SHOWN }) : t('lead.flagsNote', { count: rows.length, shown: format.count(rows.length) })}</span>
      </div>
      {rows.length === 0 ? <Empty title={t('lead.noFlagsTitle')} text={t('lead.noFlagsText')} /> : (
        <ul {...rowProps} className="inbox" aria-label={t('lead.flags')} data-testid="flags">
          {rows.slice(0, MOST_SHOWN).map((flag) => (
            <FlagRow key={flag.flagId} flag={flag} isOpen={open === flag.flagId} onOpen={(isOpen) => { toggle(isOpen ? flag.flagId : null); }} />
          ))}
        </ul>
      )}
    </section>
  );
}

function FlagRow({ flag, isOpen, onOpen }: { flag: Flag; isOpen: boolean; onOpen: (isOpen: boolean) => void }): ReactNode {
  const { t, format } = useWords();
  const openCase = useLead((store) => store.openCase);
  const { caseId, about, flagId } = flag;
  const name = flag.customerName ?? t('lead.unknownCustomer');
  const canOpen = caseId !== null && flag.code !== 'unknown-case';
  return (
    <li
      className="inbox-row"
      onKeyDown={(event) => {
        if (event.key.toLowerCase() !== 's' || isTyped(event) || event.ctrlKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        onOpen(true);
      }}
    >
      <div className="inbox-line">
        <time className="dim" dateTime={new Date(flag.at).toISOString()} title={format.full(flag.at)}>{format.past(flag.at)}</time>
        <button
          type="button" data-row={flagId} className="inbox-what" aria-disabled={canOpen ? undefined : true}
          onClick={() => { if (caseId !== null && canOpen) openCase(caseId, flagId); }}
        >
          <b>{name}</b> <span className="dim">{about?.creditorName ?? ''}</span>
          <FlagText flag={flag} />
        </button>
        <span className="inbox-actions"><Button aria-label={t('lead.settleOf', { name })} onClick={() => { onOpen(true); }}>{t('lead.settle')}</Button></span>
      </div>
      {isOpen ? <SettleForm flagId={flagId} onClose={() => { onOpen(false); }} /> : null}
    </li>
  );
}
