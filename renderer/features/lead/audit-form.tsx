/** A second person's word on a positive outcome. */
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import type { CaseId, FactId } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { DecisionForm } from './decision-form.tsx';

export const verdicts = ['approved', 'rejected', 'observed'] as const;
export type Verdict = (typeof verdicts)[number];

export function AuditForm({ caseId, factId, verdict, onClose }: { caseId: CaseId; factId: FactId; verdict: Verdict; onClose: () => void }): ReactNode {
  const { t } = useWords();
  return (
    <DecisionForm
      title={t(`lead.do.${verdict}`)} reasonLabel={verdict === 'approved' ? t('lead.noteOptional') : t('lead.reason')} reasonHint={t(`lead.verdictNote.${verdict}`)}
      submitLabel={t(`lead.do.${verdict}`)} saved={t(`lead.done.${verdict}`)} onClose={onClose}
      decide={(reason) => command('audit-outcome', { caseId, targetFactId: factId, verdict, reason })}
    />
  );
}
