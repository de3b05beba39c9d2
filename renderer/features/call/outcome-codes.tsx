/** The code of the outcome: a button for the frequent ones, a key for the two of every hour, typed for all. */
import ButtonBase from '@mui/material/ButtonBase';
import InputBase from '@mui/material/InputBase';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { OutcomeCode } from '../../../shared/case/outcome-codes.ts';
import { useWords } from '../../app/i18n.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { Field } from '../../ui/field.tsx';
import { useCall } from './call-store.ts';
import { buttonCodes, matchCode, offeredCodes } from './outcome-form.ts';

/** Nobody answers and the line is busy: one key codes, one key saves and opens the next. */
const keyOfCode: Partial<Record<OutcomeCode, string>> = { NA: 'F9', LB: 'F10' };

interface Props {
  error: string | null;
  /** `byKey`: nothing is to be typed, so the focus stays where it is. */
  onChoose: (code: OutcomeCode, byKey: boolean) => void;
}

export function OutcomeCodes({ error, onChoose }: Props): ReactNode {
  const { t } = useWords();
  const code = useCall((store) => store.form.code);
  const [typed, setTyped] = useState('');
  const match = matchCode(typed);
  const others = code !== null && !buttonCodes.some((entry) => entry === code) ? [code] : [];
  const begun = typed.trim() === '' ? [] : offeredCodes.filter((entry) => entry.startsWith(typed.trim().toUpperCase()));
  const choose = (chosen: OutcomeCode): void => {
    setTyped('');
    onChoose(chosen, false);
  };
  useShortcuts(Object.fromEntries(Object.entries(keyOfCode).map(([entry, key]) => [key, () => { onChoose(entry as OutcomeCode, true); }])));
  const hint =
    typed.trim() === '' ? null
    : match !== null ? t('outcomeForm.codeMatch', { code: match, label: t(`outcome.${match}`) })
    : begun.length === 0 ? t('outcomeForm.codeUnknown')
    : begun.map((entry) => `${entry} ${t(`outcome.${entry}`)}`).join(' · ');
  return (
    <>
      <div className="codes" role="group" aria-label={t('outcomeForm.codes')}>
        {[...buttonCodes, ...others].map((entry) => (
          <ButtonBase key={entry} className="code" aria-pressed={entry === code} aria-label={[t(`outcome.${entry}`), entry, ...keysOf(entry)].join(' ')} onClick={() => { choose(entry); }}>
            <span className="code-name">{t(`outcome.${entry}`)}</span>{' '}
            <span className="code-keys">{[entry, ...keysOf(entry)].map((key) => <kbd key={key} className="key" aria-hidden="true">{key}</kbd>)}</span>
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

function keysOf(code: OutcomeCode): string[] {
  const key = keyOfCode[code];
  return key === undefined ? [] : [key];
}
