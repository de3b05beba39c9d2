/** The code of the outcome: a button for the frequent ones, typed for all. */
import ButtonBase from '@mui/material/ButtonBase';
import InputBase from '@mui/material/InputBase';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { OutcomeCode } from '../../../shared/case/outcome-codes.ts';
import { useWords } from '../../app/i18n.ts';
import { Field } from '../../ui/field.tsx';
import { useCall } from './call-store.ts';
import { focusField } from './form-errors.ts';
import { buttonCodes, fieldsOf, matchCode, offeredCodes } from './outcome-form.ts';

export function OutcomeCodes({ error }: { error: string | null }): ReactNode {
  const { t } = useWords();
  const code = useCall((store) => store.form.code);
  const chooseCode = useCall((store) => store.chooseCode);
  const [typed, setTyped] = useState('');
  const match = matchCode(typed);
  const others = code !== null && !buttonCodes.some((entry) => entry === code) ? [code] : [];
  const unknown = typed.trim() !== '' && match === null && !offeredCodes.some((entry) => entry.startsWith(typed.trim().toUpperCase()));
  const choose = (chosen: OutcomeCode): void => {
    setTyped('');
    chooseCode(chosen);
    focusField(fieldsOf(chosen)[0] ?? 'note');
  };
  const hint =
    typed.trim() === '' ? null
    : match !== null ? t('outcomeForm.codeMatch', { code: match, label: t(`outcome.${match}`) })
    : unknown ? t('outcomeForm.codeUnknown')
    : offeredCodes.filter((entry) => entry.startsWith(typed.trim().toUpperCase())).join(' · ');
  return (
    <>
      <div className="codes" role="group" aria-label={t('outcomeForm.codes')}>
        {[...buttonCodes, ...others].map((entry) => (
          <ButtonBase key={entry} className="code" aria-pressed={entry === code} aria-label={`${t(`outcome.${entry}`)} ${entry}`} onClick={() => { choose(entry); }}>
            <span>{t(`outcome.${entry}`)}</span>{' '}
            <kbd className="key" aria-hidden="true">{entry}</kbd>
          </ButtonBase>
        ))}
      </div>
      <div data-field="code">
        <Field label={t('outcomeForm.code')} id="outcome-code" error={error} hint={hint}>
          {({ id, describedBy, invalid }) => (
            <InputBase
              id={id} fullWidth value={typed} placeholder={t('outcomeForm.codeExample')} error={invalid}
              inputProps={{ 'aria-describedby': describedBy, 'aria-invalid': invalid, autoComplete: 'off', spellCheck: false, maxLength: 8, className: 'code-input' }}
              endAdornment={<kbd className="key" aria-hidden="true">E</kbd>}
              onChange={(event) => { setTyped(event.target.value); }}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.ctrlKey || match === null) return;
                event.preventDefault();
                choose(match);
              }}
            />
          )}
        </Field>
      </div>
    </>
  );
}
