/** The forms by which an operator acts on what was agreed: the yes to a proposed plan, an agreement taken back, how far a dispute is. They stand below what they act on. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { taskOwners, taskOwnerSchema } from '../../../shared/case/outcome-codes.ts';
import type { OpenAgreementsScreen } from '../../../shared/contract/agreement-channels.ts';
import { disputeMovedBodySchema } from '../../../shared/facts/agreement-bodies.ts';
import type { CaseId, FactId } from '../../../shared/id.ts';
import { command } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { Check } from '../../ui/check.tsx';
import { Choice } from '../../ui/choice.tsx';
import { InlineForm } from '../../ui/inline-form.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { BasedOn } from './inline-forms.tsx';
import { PlanSchedule } from './plan-schedule.tsx';
import { TypedField } from './typed-field.tsx';
import { useInlineSave } from './use-inline-save.ts';
import { useKept } from './use-kept.ts';

interface Opened { caseId: CaseId; basedOn: BasedOn; onClose: () => void }

export function AcceptForm({ caseId, basedOn, onClose, plan, today }: Opened & { plan: NonNullable<OpenAgreementsScreen['plan']>; today: Parameters<typeof PlanSchedule>[0]['today'] }): ReactNode {
  const { t } = useWords();
  const [readBack, setReadBack] = useState(false);
  const { saving, errorOf, generalError, clearError, save } = useInlineSave(onClose);
  const problem = errorOf('readBack');
  const instalments = plan.instalments.map((one, index) => {
    const amountCents = one.capitalCents + one.interestCents;
    const leftCents = plan.instalments.slice(index + 1).reduce((sum, { capitalCents }) => sum + capitalCents, 0);
    return { ...one, amountCents, leftCents };
  });
  return (
    <InlineForm
      label={t('act.acceptTitle')} saveLabel={t('act.accept')} leaveLabel={t('history.leave')} saving={saving} problem={generalError(['readBack'])} onClose={onClose}
      onSave={() => { void save(() => command('accept-plan', { caseId, basedOn, targetFactId: plan.targetFactId, readBack }), t('act.done.accepted')); }}
    >
      <PlanSchedule option={{ instalments }} currency={plan.currency} today={today} />
      <Check label={t('act.readBack')} checked={readBack} onChange={(isRead) => { setReadBack(isRead); clearError(); }} />
      {problem === null ? null : <p className="field-error" role="alert">{problem}</p>}
    </InlineForm>
  );
}

export function CancelForm({ caseId, basedOn, onClose, factId }: Opened & { factId: FactId }): ReactNode {
  const { t } = useWords();
  const [reason, setReason] = useKept('reason', () => '');
  const { saving, errorOf, generalError, clearError, save } = useInlineSave(onClose);
  return (
    <InlineForm
      label={t('act.cancelTitle')} saveLabel={t('act.cancelTitle')} leaveLabel={t('history.leave')} saving={saving} problem={generalError(['reason'])} onClose={onClose}
      onSave={() => { void save(() => command('cancel-agreement', { caseId, basedOn, targetFactId: factId, reason }), t('act.done.cancelled')); }}
    >
      <TextField label={t('lead.reason')} value={reason} autoFocus maxLength={500} error={errorOf('reason')} onChange={(text) => { setReason(text); clearError(); }} />
    </InlineForm>
  );
}

const proofs = disputeMovedBodySchema.shape.proof;

export function MoveForm({ caseId, basedOn, onClose, dispute }: Opened & { dispute: OpenAgreementsScreen['disputes'][number] }): ReactNode {
  const { t, locale } = useWords();
  const [proof, setProof] = useKept('proof', () => dispute.proof);
  const [owner, setOwner] = useKept<string>('owner', () => dispute.owner ?? '');
  const [dueText, setDueText] = useKept<string>('due', () => dispute.dueOn ?? '');
  const [note, setNote] = useKept('note', () => '');
  const { saving, errorOf, error, generalError, clearError, save } = useInlineSave(onClose);
  return (
    <InlineForm
      label={t('act.moveTitle')} saveLabel={t('act.save')} leaveLabel={t('history.leave')} saving={saving} problem={generalError(['proof', 'due'])} onClose={onClose}
      onSave={() => {
        void save(() => command('move-dispute', {
          caseId, basedOn, locale, targetFactId: dispute.targetFactId, proof, owner: taskOwnerSchema.safeParse(owner).data ?? null, dueText, note,
        }), t('act.done.moved'));
      }}
    >
      <Choice
        label={t('outcomeForm.proof')} value={proof} error={errorOf('proof')} options={proofs.options.map((value) => ({ value, label: t(`proof.${value}`) }))}
        onChange={(value) => { setProof(proofs.safeParse(value).data ?? dispute.proof); clearError(); }}
      />
      <Choice
        label={t('outcomeForm.owner')} value={owner} none={t('act.nobody')} options={taskOwners.map((value) => ({ value, label: t(`owner.${value}`) }))}
        onChange={(value) => { setOwner(value); clearError(); }}
      />
      <TypedField
        kind="date" label={t('act.payBy')} text={dueText} currency={dispute.currency} placeholder={t('outcomeForm.dateExample')}
        error={error?.details['field'] === 'due' ? error : null} onChange={(text) => { setDueText(text); clearError(); }}
      />
      <TextField label={t('outcomeForm.note')} value={note} placeholder={t('outcomeForm.noteHint')} error={null} maxLength={500} onChange={(text) => { setNote(text); clearError(); }} />
    </InlineForm>
  );
}
