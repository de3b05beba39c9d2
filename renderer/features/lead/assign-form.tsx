/** Takes a customer back and gives it to another operator. Who has it now is not said: what was done stands beside it with its times. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import type { CaseId } from '../../../shared/id.ts';
import { userIdSchema } from '../../../shared/id.ts';
import { fail } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Choice } from '../../ui/choice.tsx';
import { DecisionForm } from './decision-form.tsx';

export function AssignForm({ caseId, onClose }: { caseId: CaseId; onClose: () => void }): ReactNode {
  const { t, format } = useWords();
  const collectors = useQuery('list-collectors', {});
  const [ownerId, setOwnerId] = useState('');
  return (
    <DecisionForm
      title={t('lead.assign')} reasonLabel={t('lead.reason')} reasonHint={t('lead.assignNote')} submitLabel={t('lead.do.assign')} saved={t('lead.done.assign')} onClose={onClose}
      decide={async (reason) => {
        const chosen = userIdSchema.safeParse(ownerId);
        return chosen.success ? command('assign-customer', { caseId, ownerId: chosen.data, reason }) : fail('owner-missing', 'error.ownerMissing', { field: 'ownerId' });
      }}
    >
      {(errorOf) => {
        const error = errorOf('ownerId') ?? collectors.error;
        return (
          <Choice
            label={t('lead.to')} value={ownerId} none={t('lead.choose')} onChange={setOwnerId} error={error === null ? null : errorSentence(error, t, format)}
            options={(collectors.data?.collectors ?? []).map(({ userId, displayName }) => ({ value: userId, label: displayName }))}
          />
        );
      }}
    </DecisionForm>
  );
}
