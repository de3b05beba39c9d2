/** Objections, one key away: the key goes to them, a digit or a letter says which. The call comes back to where it was. */
import { memo, useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { WalkScreen } from '../../../shared/contract/conduct-channels.ts';
import { useWords } from '../../app/i18n.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { KeyHint, ShortcutHint } from '../../ui/key-hint.tsx';
import { leaveField } from './form-errors.ts';

/** In the order in which they are given out: digits, then letters. */
export const objectionKeys = '123456789abcdefghijklmnopqrstuvwxyz';

interface Props {
  objections: WalkScreen['objections'];
  current: string | null;
  /** The step has fields, so the focus stands in one. */
  hasFields: boolean;
  onChoose: (objectionId: string) => void;
}

export const ObjectionList = memo(function ObjectionList({ objections, current, hasFields, onChoose }: Props): ReactNode {
  const { t } = useWords();
  const list = useRef<HTMLDivElement>(null);
  useShortcuts({ objections: () => { list.current?.querySelector('button')?.focus(); } });
  if (objections.length === 0) return null;
  const choose = (objectionId: string): void => {
    // The focus leaves the list: from here on digits are answers again.
    leaveField();
    onChoose(objectionId);
  };
  const byKey = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
      const at = buttons.findIndex((button) => button === document.activeElement);
      buttons[(at + (event.key === 'ArrowRight' ? 1 : -1) + buttons.length) % buttons.length]?.focus();
    } else {
      const chosen = event.key.length === 1 ? objections.find(({ place }) => place === objectionKeys.indexOf(event.key.toLowerCase()) + 1) : undefined;
      if (chosen === undefined) return;
      choose(chosen.objectionId);
    }
    event.preventDefault();
  };
  return (
    <div ref={list} className="objections" role="group" aria-labelledby="objections-title" onKeyDown={byKey}>
      <h2 id="objections-title">{t('script.objections')} <ShortcutHint id="objections" fromField={hasFields} /></h2>
      {objections.map(({ objectionId, label, place }) => (
        <button key={objectionId} type="button" className="plain-button objection" aria-pressed={objectionId === current} onClick={() => { choose(objectionId); }}>
          {label} <span className="objection-key"><KeyHint keys={(objectionKeys[place - 1] ?? '').toUpperCase()} /></span>
        </button>
      ))}
    </div>
  );
});
