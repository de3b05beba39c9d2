/** The fields that an outcome asks for; the same in the form and in a correction. */
import InputBase from '@mui/material/InputBase';
import type { ReactNode } from 'react';
import {
  causeCodes, disputeReasons, paymentMethods, privacyRequestKinds, proofStates, refusedContactScopes, resendChannels, taskOwners,
} from '../../../shared/case/outcome-codes.ts';
import { dateKindOf } from '../../../shared/case/outcome-fields.ts';
import type { FormFieldName } from '../../../shared/case/outcome-fields.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { AppError } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { DelicateHint } from './delicate-hint.tsx';
import { errorOf } from './form-errors.ts';
import type { FormState } from './outcome-form.ts';
import { chooseResend, fieldsOf, knownAddress } from './outcome-form.ts';
import { InvoiceTicks } from './invoice-ticks.tsx';
import { PlanFields } from './plan-fields.tsx';
import { PromiseParts } from './promise-parts.tsx';
import { TypedField } from './typed-field.tsx';

interface Props {
  screen: CaseScreen;
  form: FormState;
  error: AppError | null;
  /** Those that are asked for, where it is not all of the code's. */
  fields?: readonly FormFieldName[];
  onChange: (patch: Partial<FormState>) => void;
}

/** These stand in the block of the plan, which its first field opens. */
const withinPlan: ReadonlySet<FormFieldName> = new Set<FormFieldName>(['dayText', 'firstText', 'planKind', 'planStage', 'planReadBack', 'planShown']);

export function OutcomeFields(props: Props): ReactNode {
  return (props.fields ?? fieldsOf(props.form.code)).filter((field) => !withinPlan.has(field)).map((field) => (
    <div key={field} data-field={field === 'perMonthText' ? undefined : field}><OutcomeField {...props} field={field} /></div>
  ));
}

function OutcomeField({ screen, form, error, onChange, field }: Props & { field: FormFieldName }): ReactNode {
  const { t, format } = useWords();
  const wrong = errorOf(error, field);
  const sentence = wrong === null ? null : errorSentence(wrong, t, format);
  const choose = t('outcomeForm.choose');
  const choice = <Value extends string>(name: FormFieldName, label: string, values: readonly Value[], labelOf: (value: Value) => string): ReactNode => (
    <Choice
      label={label} value={form[name]} none={choose} error={sentence}
      options={values.map((value) => ({ value, label: labelOf(value) }))} onChange={(value) => { onChange({ [name]: value }); }}
    />
  );
  switch (field) {
    case 'amountText': {
      const invoice = screen.invoices.find((entry) => entry.invoiceId === form.disputeInvoiceId);
      const isNeeded = form.code === 'PPY' || form.code === 'SET';
      const whole = form.code === 'DSP' ? (invoice?.residualCents ?? null) : form.code === 'PAID' ? screen.openCents : screen.claimableCents;
      return (
        <TypedField
          kind="money" label={t(form.code === 'DSP' ? 'outcomeForm.part' : 'outcomeForm.amount')} text={form.amountText} currency={screen.currency} error={wrong}
          placeholder={isNeeded ? t('outcomeForm.amountExample') : whole === null ? t('outcomeForm.wholeInvoice') : t('outcomeForm.everything', { amount: format.money(whole, screen.currency) })}
          onChange={(amountText) => { onChange({ amountText }); }}
        />
      );
    }
    case 'dateText': {
      const kind = form.code === null ? 'date' : dateKindOf(form.code);
      return (
        <TypedField
          kind={kind} label={t([`outcomeForm.dateOf.${form.code ?? ''}`, 'outcomeForm.dueOn'])} text={form.dateText}
          currency={screen.currency} error={wrong}
          placeholder={t([`outcomeForm.dateHintOf.${form.code ?? ''}`, kind === 'moment' ? 'outcomeForm.momentExample' : kind === 'past-date' ? 'outcomeForm.pastDateExample' : 'outcomeForm.dateExample'])}
          onChange={(dateText) => { onChange({ dateText }); }}
        />
      );
    }
    case 'restDateText':
      return (
        <TypedField
          kind="date" label={t('outcomeForm.restDueOn')} text={form.restDateText} currency={screen.currency} error={wrong}
          placeholder={t('outcomeForm.dateExample')} onChange={(restDateText) => { onChange({ restDateText }); }}
        />
      );
    case 'partsText': return <PromiseParts text={form.partsText} currency={screen.currency} error={wrong} onChange={(partsText) => { onChange({ partsText }); }} />;
    case 'invoiceIds': return <InvoiceTicks screen={screen} ids={form.invoiceIds} onChange={(invoiceIds) => { onChange({ invoiceIds }); }} />;
    case 'answerByText':
      return (
        <TypedField
          kind="date" label={t('outcomeForm.answerBy')} text={form.answerByText} currency={screen.currency} error={wrong}
          placeholder={t('outcomeForm.answerByUsual')} onChange={(answerByText) => { onChange({ answerByText }); }}
        />
      );
    // The parts of a plan stand together.
    case 'perMonthText': return <PlanFields screen={screen} form={form} error={error} onChange={onChange} />;
    case 'dayText': case 'firstText': case 'planKind': case 'planStage': case 'planReadBack': case 'planShown': return null;
    case 'addressText':
      return (
        <TextField
          label={t([`outcomeForm.addressOf.${form.code ?? ''}`, 'outcomeForm.address'])} value={form.addressText} placeholder={knownAddress(screen, form.resendBy)} error={sentence}
          onChange={(addressText) => { onChange({ addressText }); }}
        />
      );
    case 'nameText':
      return (
        <TextField
          label={t([`outcomeForm.nameOf.${form.code ?? ''}`, 'outcomeForm.name'])} value={form.nameText} placeholder="" error={sentence}
          onChange={(nameText) => { onChange({ nameText }); }}
        />
      );
    case 'proof': return choice('proof', t('outcomeForm.proof'), proofStates, (value) => t(`proof.${value}`));
    case 'resendBy':
      return (
        <Choice
          label={t('outcomeForm.resendBy')} value={form.resendBy} none={choose} error={sentence} options={resendChannels.map((value) => ({ value, label: t(`resendBy.${value}`) }))}
          onChange={(resendBy) => { onChange(chooseResend(form, screen, resendBy)); }}
        />
      );
    case 'owner': return choice('owner', t('outcomeForm.owner'), taskOwners, (value) => t(`owner.${value}`));
    case 'requestKind': return choice('requestKind', t('outcomeForm.requestKind'), privacyRequestKinds, (value) => t(`requestKind.${value}`));
    case 'refusedScope': return choice('refusedScope', t('outcomeForm.refusedScope'), refusedContactScopes, (value) => t(`refusedScope.${value}`));
    case 'spokeWith': return choice('spokeWith', t('outcomeForm.spokeWith'), ['right-party', 'other'], (value) => t(`spokeWith.${value}`));
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
        <>
          <Field label={t('outcomeForm.note')} stacked error={sentence}>
            {({ id, describedBy, invalid }) => (
              <InputBase
                id={id} inputComponent="textarea" fullWidth value={form.note} placeholder={t('outcomeForm.noteHint')} error={invalid}
                inputProps={{ className: 'growing-text', 'aria-describedby': describedBy, 'aria-invalid': invalid }} onChange={(event) => { onChange({ note: event.target.value }); }}
              />
            )}
          </Field>
          <DelicateHint text={form.note} />
        </>
      );
  }
}
