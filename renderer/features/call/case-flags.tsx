/** What the hub asks the operator to look at in this case: said above its history, never refused. */
import type { ReactNode } from 'react';
import type { CaseId } from '../../../shared/id.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { formatParams } from '../../app/format.ts';
import { useWords } from '../../app/i18n.ts';

export function CaseFlags({ caseId }: { caseId: CaseId }): ReactNode {
  const { t, format } = useWords();
  const rows = (useQuery('list-flags', {}).data?.rows ?? []).filter((flag) => flag.caseId === caseId);
  if (rows.length === 0) return null;
  return (
    <div className="note note-warning case-flags" data-testid="case-flags">
      <b>{t('history.flags')}</b>
      <ul>
        {rows.map((flag) => (
          <li key={flag.flagId}>{format.past(flag.at)} · {t(`flag.${flag.code}`, formatParams(flag.details, format))}</li>
        ))}
      </ul>
      <p>{t('history.flagsWhat')}</p>
    </div>
  );
}
