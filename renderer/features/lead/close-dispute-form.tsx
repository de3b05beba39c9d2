/** The creditor's answer to a dispute. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import type { OpenAgreementsScreen } from '../../../shared/contract/agreement-channels.ts';
import { disputeClosedBodySchema } from '../../../shared/facts/agreement-bodies.ts';
import type { CaseId } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Choice } from '../../ui/choice.tsx';
import { TypedField } from '../call/typed-field.tsx';
import { DecisionForm } from './decision-form.tsx';

const results = disputeClosedBodySchema.shape.result;

export function CloseDisputeForm({ caseId, dispute, onClose }: { caseId: CaseId; dispute: OpenAgreementsScreen['disputes'][number]; onClose: () => void }): ReactNode {
  const { t, locale, format } = useWords();
  const [result, setResult] = useState<(typeof results.options)[number]>('upheld');
  const [amountText, setAmountText] = useState('');
  const amount = format.money(dispute.disputedCents, dispute.currency);
  return (
    <DecisionForm
      title={t('act.close')} reasonLabel={t('lead.reason')} reasonHint={t('lead.reasonSeen')} submitLabel={t('act.save')} saved={t('act.done.disputeClosed')} onClose={onClose}
      decide={(reason) => command('close-dispute', { caseId, targetFactId: dispute.targetFactId, reason, result, amountText, locale })}
    >
      {(errorOf) => {
        const resultError = errorOf('result');
        return (
          <>
            <Choice
              label={t('act.result')} value={result} onChange={(value) => { setResult(results.safeParse(value).data ?? 'upheld'); }}
              error={resultError === null ? null : errorSentence(resultError, t, format)}
              options={results.options.map((value) => ({ value, label: t(`history.disputeResult.${value}`) }))}
            />
            {result === 'upheld' ? <p className="note">{t('act.whole', { amount })}</p> : null}
            {result === 'partly-upheld' ? (
              <TypedField
                kind="money" label={t('act.notOwed')} text={amountText} currency={dispute.currency} placeholder={t('act.notOwedExample', { amount })}
                error={errorOf('amount')} onChange={setAmountText}
              />
            ) : null}
          </>
        );
      }}
    </DecisionForm>
  );
}
