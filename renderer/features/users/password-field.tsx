/** A new password with the rule in words and how strong it is. */
import InputBase from '@mui/material/InputBase';
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import { findPasswordProblem, measurePassword } from '../../../shared/policy/password-rules.ts';
import { Field } from '../../ui/field.tsx';

interface Props {
  label: string;
  value: string;
  username: string;
  error: string | null;
  onChange: (password: string) => void;
}

export function PasswordField({ label, value, username, error, onChange }: Props): ReactNode {
  const { t } = useWords();
  const problem = value === '' ? null : findPasswordProblem(value, username);
  const strength = measurePassword(value, username);
  const hint = value === '' ? t('password.rule') : problem === null ? t(`password.strength.${strength}`) : t(`password.problem.${problem}`);
  return (
    <Field label={label} stacked error={error} hint={hint}>
      {({ id, describedBy, invalid }) => (
        <>
          <InputBase
            id={id} type="password" fullWidth value={value} error={invalid} inputProps={{ autoComplete: 'new-password', maxLength: 200, 'aria-describedby': describedBy, 'aria-invalid': invalid }}
            onChange={(event) => { onChange(event.target.value); }}
          />
          <meter className={`password-meter password-${value === '' ? 'none' : strength}`} aria-hidden="true" min={0} max={3} value={value === '' ? 0 : { weak: 1, fair: 2, strong: 3 }[strength]} />
        </>
      )}
    </Field>
  );
}
