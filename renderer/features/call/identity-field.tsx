/** How the right party was known, where no call's gate says it: asked before the agreement, because it comes before it on the telephone too. */
import type { ReactNode } from 'react';
import type { DebtorKind } from '../../../shared/case/case-entity.ts';
import { identityMethods } from '../../../shared/facts/conduct-bodies.ts';
import type { IdentityMethod } from '../../../shared/facts/conduct-bodies.ts';
import { standardIdentityMethods } from '../../../shared/protocol/conduct-protocol.ts';
import type { AppError } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Choice } from '../../ui/choice.tsx';
import { useCall } from './call-store.ts';
import { errorOf } from './form-errors.ts';

/** All ways, the usual ones of this kind of customer first. */
export function methodsFor(kind: DebtorKind): IdentityMethod[] {
  const usual = standardIdentityMethods[kind];
  return [...usual, ...identityMethods.filter((method) => !usual.includes(method))];
}

export function IdentityField({ kind, error }: { kind: DebtorKind; error: AppError | null }): ReactNode {
  const { t, format } = useWords();
  const value = useCall((store) => store.form.identityMethod);
  const change = useCall((store) => store.change);
  const wrong = errorOf(error, 'identityMethod');
  return (
    <div data-field="identityMethod">
      <Choice
        label={t('outcomeForm.identityMethod')} value={value} none={t('outcomeForm.choose')} error={wrong === null ? null : errorSentence(wrong, t, format)}
        options={methodsFor(kind).map((method) => ({ value: method, label: t(`identityMethod.${method}`) }))}
        onChange={(identityMethod) => { change({ identityMethod }); }}
      />
    </div>
  );
}
