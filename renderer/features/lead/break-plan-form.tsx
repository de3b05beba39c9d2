/** The whole is due at once: a reason and a second confirmation. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import type { OpenAgreementsScreen } from '../../../shared/contract/agreement-channels.ts';
import type { CaseId } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Check } from '../../ui/check.tsx';
import { DecisionForm } from './decision-form.tsx';

export function BreakPlanForm({ caseId, plan, onClose }: { caseId: CaseId; plan: NonNullable<OpenAgreementsScreen['plan']>; onClose: () => void }): ReactNode {
  const { t, format } = useWords();
  const [confirmed, setConfirmed] = useState(false);
  return (
    <DecisionForm
      title={t('act.breakPlan')} reasonLabel={t('lead.reason')} reasonHint={t('lead.reasonSeen')} submitLabel={t('act.breakPlan')} saved={t('act.done.planBroken')} onClose={onClose}
      decide={(reason) => command('declare-plan-broken', { caseId, targetFactId: plan.targetFactId, reason, confirmed })}
    >
      {(errorOf) => {
        const problem = errorOf('confirmed');
        return (
          <>
            <p className="note">{t('act.breakNote')}</p>
            <Check label={t('act.breakConfirm', { amount: format.money(plan.leftCents, plan.currency) })} checked={confirmed} onChange={setConfirmed} />
            {problem === null ? null : <p className="field-error" role="alert">{errorSentence(problem, t, format)}</p>}
          </>
        );
      }}
    </DecisionForm>
  );
}
