/**
 * Why they got in touch: chips, several may hold. One stop of Tab; the arrows go from chip to chip, Space sets one.
 *
 * Invariant: the words are the caller's own, so they say nothing of the case and stand there before the gate as well.
 */
import ButtonBase from '@mui/material/ButtonBase';
import { useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { contactReasons } from '../../../shared/case/outcome-codes.ts';
import { useWords } from '../../app/i18n.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { reasonsOfText } from './contact-reasons.ts';

interface Props {
  /** Apart by spaces, as the form has them. */
  reasons: string;
  isCall: boolean;
  error: string | null;
  onChange: (reasons: string) => void;
}

export function ReasonChips({ reasons, isCall, error, onChange }: Props): ReactNode {
  const { t } = useWords();
  const titleId = useId();
  const group = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  useShortcuts({ reasons: () => { focusChip(at); } });
  const chosen = reasonsOfText(reasons);
  const focusChip = (place: number): void => {
    const next = (place + contactReasons.length) % contactReasons.length;
    setAt(next);
    group.current?.querySelectorAll<HTMLElement>('button')[next]?.focus();
  };
  const byKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    focusChip(at + step);
  };
  return (
    <div data-field="reasons" className="reasons">
      <p className="reasons-title" id={titleId}>{t(isCall ? 'reasons.call' : 'reasons.written')} <ShortcutHint id="reasons" /></p>
      <div ref={group} className="reason-chips" role="group" aria-labelledby={titleId} onKeyDown={byKey}>
        {contactReasons.map((reason, place) => {
          const isChosen = chosen.includes(reason);
          return (
            <ButtonBase
              key={reason} className="reason" aria-pressed={isChosen} aria-invalid={error !== null} tabIndex={place === at ? 0 : -1} onFocus={() => { setAt(place); }}
              onClick={() => { onChange((isChosen ? chosen.filter((one) => one !== reason) : [...chosen, reason]).join(' ')); }}
            >
              {t(`contactReason.${reason}`)}
            </ButtonBase>
          );
        })}
      </div>
      {error === null ? null : <p className="field-error" role="alert">{error}</p>}
    </div>
  );
}
