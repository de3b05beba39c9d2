/** Further days of a promise, a line each. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { AppError } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { partsOfText, textOfParts } from './outcome-form.ts';
import { TypedField } from './typed-field.tsx';

const MOST_PARTS = 11;

export function PromiseParts({ text, currency, error, onChange }: { text: string; currency: string; error: AppError | null; onChange: (text: string) => void }): ReactNode {
  const { t, format } = useWords();
  const parts = partsOfText(text);
  const put = (index: number, patch: Partial<(typeof parts)[number]>): void => {
    onChange(textOfParts(parts.map((part, at) => (at === index ? { ...part, ...patch } : part))));
  };
  return (
    <div className="promise-parts">
      {parts.map((part, index) => (
        <div key={index} className="promise-part" role="group" aria-label={t('promise.part', { number: index + 2 })}>
          <TypedField kind="money" label={t('promise.partAmount', { number: index + 2 })} text={part.amountText} currency={currency} placeholder={t('outcomeForm.amountExample')} error={null} onChange={(amountText) => { put(index, { amountText }); }} />
          <TypedField kind="date" label={t('outcomeForm.dueOn')} text={part.dateText} currency={currency} placeholder={t('outcomeForm.dateExample')} error={null} onChange={(dateText) => { put(index, { dateText }); }} />
          <Button className="quiet" onClick={() => { onChange(textOfParts(parts.filter((_part, at) => at !== index))); }}>{t('promise.removePart')}</Button>
        </div>
      ))}
      {error === null ? null : <p className="field-error" role="alert">{t('promise.partWrong', { number: Number(error.details['place'] ?? 2) })} {errorSentence(error, t, format)}</p>}
      {parts.length >= MOST_PARTS ? null : (
        <Button className="quiet" onClick={() => { onChange(textOfParts([...parts, { dateText: '', amountText: '' }])); }}>{t('promise.addPart')}</Button>
      )}
    </div>
  );
}
