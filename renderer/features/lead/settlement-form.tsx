/** The answer to less than the debt: taken, perhaps on other terms, or not. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import type { CaseId, FactId } from '../../../shared/id.ts';
import type { PlainDate } from '../../../shared/time.ts';
import { useWords } from '../../app/i18n.ts';
import { Choice } from '../../ui/choice.tsx';
import { TypedField } from '../call/typed-field.tsx';
import { DecisionForm } from './decision-form.tsx';

const answers = ['approved', 'refused'] as const;
type Answer = (typeof answers)[number];

interface Props {
  caseId: CaseId;
  factId: FactId;
  offer: { offeredCents: number; currency: string; payBy: PlainDate | null };
  first?: Answer;
  onClose: () => void;
}

export function SettlementForm({ caseId, factId, offer: { offeredCents, currency, payBy }, first = 'approved', onClose }: Props): ReactNode {
  const { t, locale, format } = useWords();
  const [verdict, setVerdict] = useState<Answer>(first);
  const [amountText, setAmountText] = useState('');
  const [payByText, setPayByText] = useState('');
  const isApproved = verdict === 'approved';
  return (
    <DecisionForm
      title={t('act.answer')} reasonLabel={isApproved ? t('lead.noteOptional') : t('lead.reason')} submitLabel={t(`lead.do.${isApproved ? 'approved' : 'rejected'}`)} onClose={onClose}
      saved={isApproved ? t('act.done.settlementApproved') : t('act.done.settlementRefused')}
      decide={(reason) => command('decide-settlement', { caseId, targetFactId: factId, reason, verdict, amountText, payByText, locale })}
    >
      {(errorOf) => (
        <>
          <Choice
            label={t('act.verdict')} value={verdict} onChange={(value) => { setVerdict(value === 'refused' ? 'refused' : 'approved'); }}
            options={answers.map((value) => ({ value, label: t(`act.verdictOf.${value}`) }))}
          />
          {isApproved ? (
            <>
              <TypedField
                kind="money" label={t('act.amount')} text={amountText} currency={currency} placeholder={t('act.ifEmpty', { what: format.money(offeredCents, currency) })}
                error={errorOf('amount')} onChange={setAmountText}
              />
              <TypedField
                kind="date" label={t('act.payBy')} text={payByText} currency={currency} placeholder={payBy === null ? '' : t('act.ifEmpty', { what: format.date(payBy) })}
                error={errorOf('payBy')} onChange={setPayByText}
              />
            </>
          ) : null}
        </>
      )}
    </DecisionForm>
  );
}
