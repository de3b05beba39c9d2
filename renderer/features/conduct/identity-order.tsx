/** Ways to know the right party, in the order in which they are asked for; at least one stays. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { DebtorKind } from '../../../shared/case/case-entity.ts';
import type { IdentityMethod } from '../../../shared/facts/conduct-bodies.ts';
import { identityMethods } from '../../../shared/facts/conduct-bodies.ts';
import { useWords } from '../../app/i18n.ts';
import { moved } from './edit-script.ts';
import { Pick } from './text-input.tsx';

export function IdentityOrder({ kind, methods, onChange }: { kind: DebtorKind; methods: readonly IdentityMethod[]; onChange: (methods: IdentityMethod[]) => void }): ReactNode {
  const { t } = useWords();
  const rest = identityMethods.filter((method) => !methods.includes(method));
  return (
    <ol className="identity-order">
      {methods.map((method, index) => {
        const what = t('conduct.rules.methodOf', { method: t(`identityMethod.${method}`), kind: t(`kind.${kind}`) });
        return (
          <li key={method}>
            <span>{index + 1}. {t(`identityMethod.${method}`)}</span>
            <Button className="quiet" aria-label={t('conduct.editor.upOf', { what })} disabled={index === 0} onClick={() => { onChange(moved(methods, index, -1)); }}>↑</Button>
            <Button className="quiet" aria-label={t('conduct.editor.removeOf', { what })} disabled={methods.length === 1} onClick={() => { onChange(methods.filter((other) => other !== method)); }}>×</Button>
          </li>
        );
      })}
      {rest.length === 0 ? null : (
        <li>
          <Pick label={t('conduct.rules.addMethodOf', { kind: t(`kind.${kind}`) })} value="" none={t('conduct.rules.addMethod')} options={rest.map((method) => ({ value: method, label: t(`identityMethod.${method}`) }))}
            onChange={(method) => { if (method !== null) onChange([...methods, method]); }} />
        </li>
      )}
    </ol>
  );
}
