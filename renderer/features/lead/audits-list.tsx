/** Settlements that wait for an answer, positive outcomes that wait for a second person, and what was said of the last ones. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useQuery } from '../../bridge/use-query.ts';
import type { AuditScreen } from '../../../shared/contract/lead-channels.ts';
import type { FactId } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { Empty, Failed, Loading } from '../../ui/state-views.tsx';
import { rememberOpener, returnToOpener } from '../call/inline-focus.ts';
import type { Verdict } from './audit-form.tsx';
import { AuditForm, verdicts } from './audit-form.tsx';
import { SettlementForm } from './settlement-form.tsx';
import { useLead } from './lead-store.ts';
import { isTyped, useRows } from './use-rows.ts';

type Row = AuditScreen['rows'][number];
const MOST_SHOWN = 200;
const keys: Record<string, Verdict> = { a: 'approved', r: 'rejected', o: 'observed' };

export function AuditsList(): ReactNode {
  const { t } = useWords();
  const audits = useQuery('list-audits', {});
  const [open, setOpen] = useState<{ factId: FactId; verdict: Verdict } | null>(null);
  const rowProps = useRows<HTMLUListElement>();
  if (audits.data === null) return audits.error === null ? <Loading /> : <Failed error={audits.error} onRetry={audits.askAgain} />;
  const { rows } = audits.data;
  return (
    <section className="card lead-panel" aria-labelledby="audits-title">
      <div className="incoming-head"><h2 id="audits-title">{t('lead.audits')}</h2><span className="dim">{t('lead.auditsNote')}</span></div>
      {rows.length === 0 ? <Empty title={t('lead.noAuditsTitle')} text={t('lead.noAuditsText')} /> : (
        <ul {...rowProps} className="inbox" aria-label={t('lead.audits')} data-testid="audits">
          {rows.slice(0, MOST_SHOWN).map((row) => (
            <AuditRow
              key={row.factId} row={row} verdict={open?.factId === row.factId ? open.verdict : null}
              onVerdict={(verdict) => {
                if (verdict === null) returnToOpener();
                else if (open === null) rememberOpener();
                setOpen(verdict === null ? null : { factId: row.factId, verdict });
              }}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function AuditRow({ row, verdict, onVerdict }: { row: Row; verdict: Verdict | null; onVerdict: (verdict: Verdict | null) => void }): ReactNode {
  const { t, format } = useWords();
  const openCase = useLead((store) => store.openCase);
  const { audit } = row;
  const isWaiting = audit?.state === 'waiting';
  const isSettlement = row.code === 'SET';
  return (
    <li
      className="inbox-row"
      onKeyDown={(event) => {
        const meant = keys[event.key.toLowerCase()];
        if (meant === undefined || (isSettlement && meant === 'observed') || isTyped(event) || !isWaiting || event.ctrlKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        onVerdict(meant);
      }}
    >
      <div className="inbox-line">
        <time className="dim" dateTime={new Date(row.at).toISOString()} title={format.full(row.at, row.zone)}>{format.past(row.at, row.zone)}</time>
        <button type="button" data-row={row.factId} className="inbox-what" onClick={() => { openCase(row.caseId, row.factId); }}>
          <b>{row.customerName}</b> <span className="dim">{row.creditorName}</span>
          <span className="inbox-text">
            {t(`outcome.${row.code}`)}
            {row.amountCents === null || row.currency === null ? '' : ` · ${format.money(row.amountCents, row.currency)}`}
            {row.dueOn === null ? '' : ` · ${t('lead.by', { date: format.date(row.dueOn) })}`}
          </span>
        </button>
        {isWaiting ? (
          <span className="inbox-actions">
            {verdicts.filter((name) => !isSettlement || name !== 'observed').map((name) => <Button key={name} aria-label={t('lead.verdictOf', { verdict: t(`lead.do.${name}`), name: row.customerName })} onClick={() => { onVerdict(name); }}>{t(`lead.do.${name}`)}</Button>)}
          </span>
        ) : (
          <span className="inbox-said"><span className={`tag tag-${audit?.state ?? ''}`}>{isSettlement ? t(`history.settlementVerdict.${audit?.state === 'approved' ? 'approved' : 'refused'}`) : t(`history.audit.${audit?.state ?? 'approved'}`)}</span>{audit?.reason == null ? null : <span className="dim">{audit.reason}</span>}</span>
        )}
      </div>
      {verdict === null || !isWaiting ? null : isSettlement ? (
        <SettlementForm
          caseId={row.caseId} factId={row.factId} first={verdict === 'approved' ? 'approved' : 'refused'} onClose={() => { onVerdict(null); }}
          offer={{ offeredCents: row.amountCents ?? 0, currency: row.currency ?? 'EUR', payBy: row.dueOn }}
        />
      ) : <AuditForm caseId={row.caseId} factId={row.factId} verdict={verdict} onClose={() => { onVerdict(null); }} />}
    </li>
  );
}
