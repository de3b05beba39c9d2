/** What a step of the script captures: typed as heard; the desk reads it, and says beside the field what it did not understand. */
import type { ReactNode } from 'react';
import type { WalkScreen } from '../../../shared/contract/conduct-channels.ts';
import type { AppError } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Choice } from '../../ui/choice.tsx';
import { TextField } from '../../ui/text-field.tsx';

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
            {type === 'choice' ? (
              <Choice label={name} value={values[fieldId] ?? ''} none={t('outcomeForm.choose')} options={choices} error={wrong} onChange={(text) => { onChange(fieldId, text); }} />
            ) : (
              <TextField
                label={name} value={values[fieldId] ?? ''} error={wrong} maxLength={MOST_CHARACTERS} hint={restricted ? t('script.restricted') : null}
                placeholder={type === 'date' ? t('outcomeForm.dateExample') : type === 'money' ? t('outcomeForm.amountExample') : ''}
                onChange={(text) => { onChange(fieldId, text); }}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}
