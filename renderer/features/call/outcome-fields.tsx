/** The fields that an outcome asks for; the same in the form and in a correction. */
import InputBase from '@mui/material/InputBase';
import type { ReactNode } from 'react';
import { causeCodes, disputeReasons, paymentMethods } from '../../../shared/case/outcome-codes.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { AppError } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { errorOf } from './form-errors.ts';
import type { FormField, FormState } from './outcome-form.ts';
import { fieldsOf } from './outcome-form.ts';
import { TypedField } from './typed-field.tsx';

interface Props {
  screen: CaseScreen;
  form: FormState;
  error: AppError | null;
  onChange: (patch: Partial<FormState>) => void;
}

export function OutcomeFields(props: Props): ReactNode {
  return fieldsOf(props.form.code).map((field) => <div key={field} data-field={field}><OutcomeField {...props} field={field} /></div>);
}

function OutcomeField({ screen, form, error, onChange, field }: Props & { field: FormField }): ReactNode {
  const { t, format } = useWords();
  const wrong = errorOf(error, field);
  const sentence = wrong === null ? null : errorSentence(wrong, t, format);
  const choose = t('outcomeForm.choose');
  switch (field) {
    case 'amountText': {
      const invoice = screen.invoices.find((entry) => entry.invoiceId === form.disputeInvoiceId);
      const whole = form.code === 'DSP' ? (invoice?.residualCents ?? null) : screen.claimableCents;
      return (
        <TypedField
          kind="money" label={t(form.code === 'DSP' ? 'outcomeForm.part' : 'outcomeForm.amount')} text={form.amountText} currency={screen.currency} error={wrong}
          placeholder={whole === null ? t('outcomeForm.wholeInvoice') : t('outcomeForm.everything', { amount: format.money(whole, screen.currency) })}
          onChange={(amountText) => { onChange({ amountText }); }}
        />
      );
    }
    case 'dateText':
      return (
        <TypedField
          kind={form.code === 'CBK' ? 'moment' : 'date'} label={t(form.code === 'CBK' ? 'outcomeForm.moment' : 'outcomeForm.dueOn')} text={form.dateText}
          currency={screen.currency} error={wrong} placeholder={t(form.code === 'CBK' ? 'outcomeForm.momentExample' : 'outcomeForm.dateExample')}
          onChange={(dateText) => { onChange({ dateText }); }}
        />
      );
    case 'method':
      return (
        <Choice
          label={t('outcomeForm.method')} value={form.method} none={choose} error={sentence} options={paymentMethods.map((value) => ({ value, label: t(`method.${value}`) }))}
          onChange={(method) => { onChange({ method }); }}
        />
      );
    case 'cause':
      return (
        <Choice
          label={t('outcomeForm.cause')} value={form.cause} none={t('outcomeForm.causeUnknown')} error={sentence}
          options={causeCodes.map((value) => ({ value, label: t(`cause.${value}`) }))} onChange={(cause) => { onChange({ cause }); }}
        />
      );
    case 'disputeReason':
      return (
        <Choice
          label={t('outcomeForm.disputeReason')} value={form.disputeReason} none={choose} error={sentence}
          options={disputeReasons.map((value) => ({ value, label: t(`disputeReason.${value}`) }))} onChange={(disputeReason) => { onChange({ disputeReason }); }}
        />
      );
    case 'disputeInvoiceId':
      return (
        <Choice
          label={t('outcomeForm.invoice')} value={form.disputeInvoiceId} none={choose} error={sentence}
          options={screen.invoices.filter((invoice) => invoice.residualCents > 0).map((invoice) => ({
            value: invoice.invoiceId, label: `${invoice.number} · ${format.money(invoice.residualCents, invoice.currency)} · ${format.shortDate(invoice.dueDate)}`,
          }))}
          onChange={(disputeInvoiceId) => { onChange({ disputeInvoiceId }); }}
        />
      );
    case 'callbackAudience':
      return (
        <Choice
          label={t('outcomeForm.audience')} value={form.callbackAudience} none={choose} error={sentence}
          options={(['anyone', 'only-me'] as const).map((value) => ({ value, label: t(`audience.${value}`) }))}
          onChange={(callbackAudience) => { onChange({ callbackAudience }); }}
        />
      );
    case 'note':
      return (
        <Field label={t('outcomeForm.note')} stacked error={sentence}>
          {({ id, describedBy, invalid }) => (
            <InputBase
              id={id} multiline minRows={3} maxRows={8} fullWidth value={form.note} placeholder={t('outcomeForm.noteHint')} error={invalid}
              inputProps={{ 'aria-describedby': describedBy, 'aria-invalid': invalid }} onChange={(event) => { onChange({ note: event.target.value }); }}
            />
          )}
        </Field>
      );
    case 'code':
    case 'reason':
      return null;
  }
}
