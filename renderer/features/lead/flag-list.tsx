/** The hub's flags: it happened, and somebody should look; each is settled with a note. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import type { QueryOutput } from '../../../shared/contract/contract.ts';
import type { FlagId } from '../../../shared/id.ts';
import { formatParams } from '../../app/format.ts';
import { useWords } from '../../app/i18n.ts';
import { Empty, Failed, Loading } from '../../ui/state-views.tsx';
import { DecisionForm } from './decision-form.tsx';
import { useLead } from './lead-store.ts';
import { useRowKeys } from './use-row-keys.ts';

type Flag = QueryOutput<'list-flags'>['rows'][number];
const MOST_SHOWN = 200;

export function FlagList(): ReactNode {
  const { t, format } = useWords();
  const flags = useQuery('list-flags', {});
  const [open, setOpen] = useState<FlagId | null>(null);
  const onKeyDown = useRowKeys();
  if (flags.data === null) return flags.error === null ? <Loading /> : <Failed error={flags.error} onRetry={flags.askAgain} />;
  const { rows } = flags.data;
  return (
    <section className="card lead-panel" aria-labelledby="flags-title">
      <div className="incoming-head">
        <h2 id="flags-title">{t('lead.flags')}</h2>
        <span className="dim">{rows.length > MOST_SHOWN ? t('lead.foundMore', { count: MOST_SHOWN }) : t('lead.flagsNote', { count: rows.length, shown: format.count(rows.length) })}</span>
      </div>
      {rows.length === 0 ? <Empty title={t('lead.noFlagsTitle')} text={t('lead.noFlagsText')} /> : (
        <ul className="inbox" onKeyDown={onKeyDown} aria-label={t('lead.flags')} data-testid="flags">
          {rows.slice(0, MOST_SHOWN).map((flag) => (
            <FlagRow key={flag.flagId} flag={flag} isOpen={open === flag.flagId} onOpen={(isOpen) => { setOpen(isOpen ? flag.flagId : null); }} />
          ))}
        </ul>
      )}
    </section>
  );
}

function FlagRow({ flag, isOpen, onOpen }: { flag: Flag; isOpen: boolean; onOpen: (isOpen: boolean) => void }): ReactNode {
  const { t, format } = useWords();
  const openCase = useLead((store) => store.openCase);
  const { caseId, about } = flag;
  const name = flag.customerName ?? t('lead.unknownCustomer');
  return (
    <li
      className="inbox-row"
      onKeyDown={(event) => {
        const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea, select') !== null;
        if (event.key.toLowerCase() !== 's' || isTyping || event.ctrlKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        onOpen(true);
      }}
    >
      <div className="inbox-line">
        <time className="dim" dateTime={new Date(flag.at).toISOString()} title={format.full(flag.at)}>{format.past(flag.at)}</time>
        <button type="button" data-row className="inbox-what" disabled={caseId === null || flag.code === 'unknown-case'} onClick={() => { if (caseId !== null) openCase(caseId); }}>
          <b>{name}</b> <span className="dim">{about?.creditorName ?? ''}</span>
          <span className="inbox-text">{t(`flag.${flag.code}`, formatParams(flag.details, format))}</span>
          {about === null ? null : <span className="inbox-about">{t('lead.aboutFact', { what: aboutText(about, t, format), at: format.moment(about.at) })}</span>}
        </button>
        <span className="inbox-actions"><Button aria-label={t('lead.settleOf', { name })} onClick={() => { onOpen(true); }}>{t('lead.settle')}</Button></span>
      </div>
      {isOpen ? (
        <DecisionForm
          title={t('lead.settle')} reasonLabel={t('lead.noteOptional')} reasonHint={t('lead.settleNote')} submitLabel={t('lead.settle')} saved={t('lead.done.settled')}
          decide={(note) => command('settle-flag', { flagId: flag.flagId, note })} onClose={() => { onOpen(false); }}
        />
      ) : null}
    </li>
  );
}

function aboutText(about: NonNullable<Flag['about']>, t: ReturnType<typeof useWords>['t'], format: ReturnType<typeof useWords>['format']): string {
  const { code, amountCents, currency, dueOn } = about;
  const parts = [code === null ? t([`lead.about.${about.type}`, 'lead.about.other']) : t(`outcome.${code}`)];
  if (amountCents !== null && currency !== null) parts.push(format.money(amountCents, currency));
  if (dueOn !== null) parts.push(t('lead.by', { date: format.date(dueOn) }));
  return parts.join(' · ');
}
