/** Which invoices came, are no longer in the file, or changed, and what of them. */
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import type { Words } from '../../app/i18n.ts';
import type { ImportJobId } from '../../../shared/id.ts';
import type { ImportChange } from '../../../shared/protocol/import-protocol.ts';
import { plainDateSchema } from '../../../shared/time.ts';
import { Empty } from '../../ui/state-views.tsx';
import { PagedRows } from './paged-rows.tsx';
import { usePages } from './use-pages.ts';

export function ChangesList({ jobId, kind, isPaidList }: { jobId: ImportJobId; kind: 'came' | 'went' | 'changed'; isPaidList: boolean }): ReactNode {
  const words = useWords();
  const { t, format } = words;
  const pages = usePages('list-import-changes', { jobId, kind }, (page) => page.changes);
  if (pages.total === 0 && isPaidList) return <Empty title={t('imports.payments.emptyTitle')} text={t('imports.payments.emptyText')} />;
  if (pages.total === 0) return <Empty title={t(`imports.emptyChange.${kind}`)} text={t('imports.emptyChangeText')} />;
  return (
    <PagedRows
      pages={pages} label={isPaidList ? t('imports.payments.tab') : t(`imports.tab.${kind}`)}
      columns={kind === 'changed'
        ? (['imports.customer', 'imports.invoice', 'imports.due', 'imports.residual', 'imports.whatChanged'] as const)
        : (['imports.customer', 'imports.invoice', 'imports.due', 'imports.residual'] as const)}
      figures="imports.residual"
      row={(change) => [
        `${change.customerName} · ${change.customerCode}`, change.invoiceNumber, format.date(change.dueDate), format.money(change.residualCents, change.currency),
        ...(kind === 'changed' ? [change.fields.map((field) => fieldSentence(field, change, words)).join(' · ')] : []),
      ]}
    />
  );
}

function fieldSentence(field: ImportChange['fields'][number], change: ImportChange, { t, format }: Words): string {
  const shown = (value: string | null): string => {
    if (value === null) return t('imports.nothing');
    if ((field.field === 'amount' || field.field === 'residual') && /^-?\d+$/.test(value)) return format.money(Number(value), change.currency);
    const date = plainDateSchema.safeParse(value);
    return date.success ? format.date(date.data) : value;
  };
  return t('imports.fieldChanged', { field: t(`imports.changedField.${field.field}`), before: shown(field.before), after: shown(field.after) });
}
