/**
 * How the right party was known, where no call's gate says it: asked before the agreement, because it comes before it on the
 * telephone too, and by what the creditor chose for this kind of customer.
 */
import type { ReactNode } from 'react';
import type { IdentityMethod } from '../../../shared/facts/conduct-bodies.ts';
import type { AppError } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Choice } from '../../ui/choice.tsx';
import { useCall } from './call-store.ts';
import { errorOf } from './form-errors.ts';

export function IdentityField({ methods, error }: { methods: readonly IdentityMethod[]; error: AppError | null }): ReactNode {
  const { t, format } = useWords();
  const value = useCall((store) => store.form.identityMethod);
  const change = useCall((store) => store.change);
  const wrong = errorOf(error, 'identityMethod');
  return (
    <div data-field="identityMethod">
      <Choice
        label={t('outcomeForm.identityMethod')} value={value} none={t('outcomeForm.choose')} error={wrong === null ? null : errorSentence(wrong, t, format)}
        options={methods.map((method) => ({ value: method, label: t(`identityMethod.${method}`) }))}
        onChange={(identityMethod) => { change({ identityMethod }); }}
      />
    </div>
  );
}
