/** What a step of the script captures: typed as heard; the desk reads it, and says beside the field what it did not understand. */
import type { ReactNode } from 'react';
import type { WalkScreen } from '../../../shared/contract/conduct-channels.ts';
import type { AppError } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Field } from '../../ui/field.tsx';

/** The field of a step that an error is about; undefined = none. */
export function fieldOf(error: AppError | null): unknown {
  return error?.details['fieldId'] ?? error?.details['field'];
}

type Fields = NonNullable<WalkScreen['step']>['fields'];

interface Props {
  fields: Fields;
  values: Record<string, string>;
  error: AppError | null;
  onChange: (fieldId: string, text: string) => void;
}

/** Values are as long as the desk takes them. */
const MOST_CHARACTERS = 2_000;

export function StepFields({ fields, values, error, onChange }: Props): ReactNode {
  const { t, format } = useWords();
  return (
    <div className="step-fields">
      {fields.map(({ fieldId, type, label, required, choices, restricted }) => {
        const wrong = error !== null && fieldOf(error) === fieldId ? errorSentence(error, t, format) : null;
        const name = required ? label : t('script.optionalField', { label });
        return (
          <div key={fieldId} data-field={fieldId}>
            <Field label={name} error={wrong} hint={restricted ? t('script.restricted') : null}>
              {({ id, describedBy, invalid }) => (type === 'choice' ? (
                <select className="plain-field" id={id} value={values[fieldId] ?? ''} aria-describedby={describedBy} aria-invalid={invalid} onChange={(event) => { onChange(fieldId, event.target.value); }}>
                  <option value="">{t('outcomeForm.choose')}</option>
                  {choices.map((choice) => <option key={choice.value} value={choice.value}>{choice.label}</option>)}
                </select>
              ) : (
                <input
                  className="plain-field" id={id} type="text" value={values[fieldId] ?? ''} aria-describedby={describedBy} aria-invalid={invalid} autoComplete="off" maxLength={MOST_CHARACTERS}
                  placeholder={type === 'date' ? t('outcomeForm.dateExample') : type === 'money' ? t('outcomeForm.amountExample') : ''}
                  onChange={(event) => { onChange(fieldId, event.target.value); }}
                />
              ))}
            </Field>
          </div>
        );
      })}
    </div>
  );
}
