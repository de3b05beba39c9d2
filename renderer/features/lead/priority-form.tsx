/** "These first": a case, or a queue of the board, before the others until a day. It moves the order and nothing else. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import type { QueueName } from '../../../shared/facts/priority-bodies.ts';
import type { CaseId } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { Choice } from '../../ui/choice.tsx';
import { TypedField } from '../call/typed-field.tsx';
import { DecisionForm } from './decision-form.tsx';

export interface NamedQueue { queue: QueueName; label: string }
/** `at`: the queue that is chosen first. */
type Target = { caseId: CaseId } | { queues: readonly NamedQueue[]; at: number };

export function PriorityForm({ target, onClose }: { target: Target; onClose: () => void }): ReactNode {
  const { t, locale } = useWords();
  const [untilText, setUntilText] = useState('');
  const [at, setAt] = useState('at' in target ? target.at : 0);
  return (
    <DecisionForm
      title={t('lead.prioritise')} reasonLabel={t('lead.reason')} reasonHint={t('lead.prioritiseNote')} submitLabel={t('lead.do.prioritise')} saved={t('lead.done.prioritised')} onClose={onClose}
      decide={(reason) => command('set-priority', {
        ...('caseId' in target ? { caseId: target.caseId, queue: null } : { caseId: null, queue: target.queues[at]?.queue ?? null }), untilText, reason, locale,
      })}
    >
      {(errorOf) => (
        <>
          {'caseId' in target ? null : (
            <Choice label={t('live.queue')} value={String(at)} onChange={(value) => { setAt(Number(value)); }} options={target.queues.map(({ label }, place) => ({ value: String(place), label }))} />
          )}
          <TypedField
            kind="date" label={t('lead.until')} text={untilText} currency="EUR" placeholder={t('lead.untilPlaceholder')} hint={t('lead.untilTonight')}
            error={errorOf('until')} onChange={setUntilText}
          />
        </>
      )}
    </DecisionForm>
  );
}
