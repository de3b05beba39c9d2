/** A message: to all or to one person by name, or to whoever has a case. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import type { MessageRecipient } from '../../../shared/facts/message-bodies.ts';
import type { CaseId } from '../../../shared/id.ts';
import { userIdSchema } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { Choice } from '../../ui/choice.tsx';
import { DecisionForm } from '../lead/decision-form.tsx';

/** @param caseId to whoever has this case; null: to whom is asked */
export function MessageForm({ caseId, isUnderTitle = false, onClose }: { caseId: CaseId | null; isUnderTitle?: boolean; onClose: () => void }): ReactNode {
  const { t } = useWords();
  const [userId, setUserId] = useState('');
  const collectors = useQuery('list-collectors', caseId === null ? {} : null);
  const recipient = (): MessageRecipient => {
    if (caseId !== null) return { kind: 'case-holder' };
    const person = userIdSchema.safeParse(userId);
    return person.success ? { kind: 'person', userId: person.data } : { kind: 'all' };
  };
  return (
    <DecisionForm
      title={t(caseId === null ? 'message.write' : 'message.toHolder')} reasonLabel={t('message.text')} reasonHint={t('message.hint')} submitLabel={t('message.send')} saved={t('message.sent')}
      isUnderTitle={isUnderTitle} onClose={onClose} decide={(text) => command('send-message', { to: recipient(), text, aboutCaseId: caseId })}
    >
      {() => (caseId !== null ? null : (
        <Choice
          label={t('message.to')} value={userId} none={t('message.all')} onChange={setUserId}
          options={(collectors.data?.collectors ?? []).map((person) => ({ value: person.userId, label: person.displayName }))}
        />
      ))}
    </DecisionForm>
  );
}
