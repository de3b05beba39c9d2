/** Money that came in, by a lead's word; where it went is said once it is saved. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import { paymentMethods, paymentMethodSchema } from '../../../shared/case/outcome-codes.ts';
import type { CommandOutput } from '../../../shared/contract/contract.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { InvoiceId } from '../../../shared/id.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Check } from '../../ui/check.tsx';
import { Choice } from '../../ui/choice.tsx';
import { TypedField } from '../call/typed-field.tsx';
import { DecisionForm } from './decision-form.tsx';

export function PaymentForm({ screen, onClose }: { screen: CaseScreen; onClose: () => void }): ReactNode {
  const { t, locale, format } = useWords();
  const [amountText, setAmountText] = useState('');
  const [paidOnText, setPaidOnText] = useState('');
  const [method, setMethod] = useState('');
  const [chosen, setChosen] = useState<readonly InvoiceId[]>([]);
  const { caseId, currency } = screen;
  const payable = screen.invoices.filter((invoice) => invoice.residualCents > 0 && invoice.currency === currency);
  return (
    <DecisionForm
      title={t('act.record')} reasonLabel={t('act.evidence')} reasonHint={t('act.evidenceHint')} submitLabel={t('act.save')} onClose={onClose}
      saved={({ allocations, leftCents }: CommandOutput<'record-payment'>) => t('act.done.payment', {
        where: [
          ...allocations.map(({ number, amountCents }) => `${number} ${format.money(amountCents, currency)}`),
          ...(leftCents > 0 ? [t('act.left', { amount: format.money(leftCents, currency) })] : []),
        ].join(' · '),
      })}
      decide={(evidence) => command('record-payment', {
        caseId, amountText, paidOnText, method: paymentMethodSchema.safeParse(method).data ?? null, evidence, invoiceIds: [...chosen], locale,
      })}
    >
      {(errorOf) => {
        const choiceError = errorOf('invoiceIds');
        return (
          <>
            <TypedField
              kind="money" label={t('act.amount')} text={amountText} currency={currency} placeholder={t('outcomeForm.amountExample')} error={errorOf('amount')} onChange={setAmountText}
            />
            <TypedField
              kind="past-date" label={t('act.paidOn')} text={paidOnText} currency={currency} placeholder={t('act.ifEmpty', { what: t('act.today') })}
              error={errorOf('paidOn')} onChange={setPaidOnText}
            />
            <Choice
              label={t('outcomeForm.method')} value={method} none={t('act.methodUnknown')} onChange={setMethod}
              options={paymentMethods.map((value) => ({ value, label: t(`method.${value}`) }))}
            />
            {payable.length < 2 && chosen.length === 0 ? null : (
              <details className="invoice-ticks">
                <summary>{chosen.length === 0 ? t('act.oldestFirst') : t('act.chosenFirst', { count: chosen.length })}</summary>
                {payable.map(({ invoiceId, number, residualCents }) => (
                  <Check
                    key={invoiceId} label={`${number} · ${format.money(residualCents, currency)}`} checked={chosen.includes(invoiceId)}
                    onChange={(isTicked) => { setChosen(isTicked ? [...chosen, invoiceId] : chosen.filter((id) => id !== invoiceId)); }}
                  />
                ))}
              </details>
            )}
            {choiceError === null ? null : <p className="field-error" role="alert">{errorSentence(choiceError, t, format)}</p>}
          </>
        );
      }}
    </DecisionForm>
  );
}
