/** A look at the selected case before it is opened. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { WorklistRow } from '../../../shared/contract/screens.ts';
import type { CaseId } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { reasonSentence, reasonSentences } from '../../app/sentences.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { markOfRow, ToneTag } from '../../ui/tone-tag.tsx';

interface Props {
  row: WorklistRow | null;
  /** From when people may be called; null = now. */
  callableFrom: number | null;
  onOpen: (caseId: CaseId) => void;
}

export function WorklistPreview({ row, callableFrom, onOpen }: Props): ReactNode {
  const { t, format } = useWords();
  if (row === null) return <aside className="preview" aria-label={t('worklist.preview')}><p className="dim">{t('worklist.previewEmpty')}</p></aside>;
  const { openCents, claimableCents, currency } = row;
  return (
    <aside className="preview" aria-label={t('worklist.preview')}>
      <div className="preview-body" tabIndex={0} role="group" aria-label={row.customerName}>
        <ToneTag mark={markOfRow(row)} />
        <h2 className="preview-name">{row.customerName}</h2>
        <p className="preview-amount">{format.money(openCents, currency)}</p>
        <dl className="facts">
          <dt>{t('fact.creditor')}</dt><dd>{row.creditorName}</dd>
          <dt>{t('fact.kind')}</dt><dd>{t(`kind.${row.kind}`)}</dd>
          <dt>{t('fact.code')}</dt><dd>{row.customerCode}</dd>
          <dt>{t('fact.invoices')}</dt><dd>{format.count(row.invoiceCount)}</dd>
          {claimableCents === openCents ? null : <><dt>{t('fact.claimable')}</dt><dd>{format.money(claimableCents, currency)}</dd></>}
          <dt>{t('fact.phone')}</dt><dd>{row.number ?? t('fact.noPhone')}</dd>
          {row.promiseDueOn === null ? null : <><dt>{t('fact.promiseDue')}</dt><dd>{format.date(row.promiseDueOn)}</dd></>}
          {row.lastOutcome === null ? null : (
            <><dt>{t('fact.lastOutcome')}</dt><dd>{t(`outcome.${row.lastOutcome.code}`)} · {format.past(row.lastOutcome.at)}</dd></>
          )}
        </dl>
        <h3>{t('case.whyNow')}</h3>
        <ul className="preview-reasons">
          {reasonSentences(row.reasons, t, format).map((sentence) => <li key={sentence}>{sentence}</li>)}
        </ul>
        <h3>{t('worklist.rules')}</h3>
        <p className="preview-rule">
          {row.blocked === null && callableFrom !== null ? (
            t('worklist.outsideHours', { at: format.moment(callableFrom) })
          ) : row.blocked === null ? (
            <b className="may">{t('worklist.mayCallNow')}</b>
          ) : row.blocked.reason.key === 'callback-later' ? (
            reasonSentence(row.blocked.reason, t, format)
          ) : row.blocked.until === null ? (
            t('worklist.blockedOpen', { reason: reasonSentence(row.blocked.reason, t, format) })
          ) : (
            t('worklist.blockedUntil', { reason: reasonSentence(row.blocked.reason, t, format), at: format.moment(row.blocked.until) })
          )}
        </p>
      </div>
      <Button className={row.blocked === null ? 'primary wide' : 'wide'} onClick={() => { onOpen(row.caseId); }}>
        {row.hasDraft ? t('worklist.resume') : t('worklist.open')} <KeyHint keys="↵" />
      </Button>
    </aside>
  );
}
