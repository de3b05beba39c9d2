/** The code of the outcome: a button for the frequent ones, a key for the two of every hour, typed for all. */
import ButtonBase from '@mui/material/ButtonBase';
import InputBase from '@mui/material/InputBase';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { OutcomeCode } from '../../../shared/case/outcome-codes.ts';
import { useWords } from '../../app/i18n.ts';
import type { ShortcutId } from '../../app/keyboard.ts';
import { showKey } from '../../app/keyboard.ts';
import { useBindings } from '../../app/shortcut-store.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { Field } from '../../ui/field.tsx';
import { useCall } from './call-store.ts';
import { buttonCodes, earlyButtonCodes, matchCode, offeredCodes } from './outcome-form.ts';

/** Nobody answers and the line is busy: one key codes, one key saves and opens the next. */
const shortcutOfCode: Partial<Record<OutcomeCode, ShortcutId>> = { NA: 'noAnswer', LB: 'busy' };

interface Props {
  error: string | null;
  /** Nobody has confirmed who is on the line: the buttons are those of calls that end there. */
  hidden: boolean;
  /** `byKey`: nothing is to be typed, so the focus stays where it is. */
  onChoose: (code: OutcomeCode, byKey: boolean) => void;
}

export function OutcomeCodes({ error, hidden, onChoose }: Props): ReactNode {
  const { t } = useWords();
  const code = useCall((store) => store.form.code);
  const [typed, setTyped] = useState('');
  const match = matchCode(typed);
  const buttons: readonly OutcomeCode[] = hidden ? earlyButtonCodes : buttonCodes;
  const others = code !== null && !buttons.includes(code) ? [code] : [];
  const begun = typed.trim() === '' ? [] : offeredCodes.filter((entry) => entry.startsWith(typed.trim().toUpperCase()));
  const choose = (chosen: OutcomeCode): void => {
    setTyped('');
    onChoose(chosen, false);
  };
  useShortcuts({ noAnswer: () => { onChoose('NA', true); }, busy: () => { onChoose('LB', true); } });
  const hint =
    typed.trim() === '' ? null
    : match !== null ? t('outcomeForm.codeMatch', { code: match, label: t(`outcome.${match}`) })
    : begun.length === 0 ? t('outcomeForm.codeUnknown')
    : begun.map((entry) => `${entry} ${t(`outcome.${entry}`)}`).join(' · ');
  return (
    <>
      <div className="codes" role="group" aria-label={t('outcomeForm.codes')}>
        {[...buttons, ...others].map((entry) => (
          <ButtonBase key={entry} className="code" aria-pressed={entry === code} aria-label={`${t(`outcome.${entry}`)} ${entry}`} onClick={() => { choose(entry); }}>
            <span className="code-name">{t(`outcome.${entry}`)}</span>{' '}
            <CodeKey code={entry} />
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

/** What to type for a code, or its one key where it has one. */
function CodeKey({ code }: { code: OutcomeCode }): ReactNode {
  const bindings = useBindings((store) => store.bindings);
  const id = shortcutOfCode[code];
  if (id === undefined) return <kbd className="key" aria-hidden="true">{code}</kbd>;
  return <kbd className="key key-drawn" aria-hidden="true" data-key={showKey(bindings[id]).join(' ')} />;
}
