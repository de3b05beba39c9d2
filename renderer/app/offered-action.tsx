/** What may still be done about the last thing done: a button, and its key unless somebody is undoing their typing. */
import Button from '@mui/material/Button';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { nameOfKey } from './keyboard.ts';
import { useNotice } from './notice-store.ts';

export function OfferedAction(): ReactNode {
  const offered = useNotice((store) => store.offered);
  useEffect(() => {
    if (offered === null) return undefined;
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || nameOfKey(event) !== offered.shortcut || hasText(event.target)) return;
      if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return;
      event.preventDefault();
      offered.run();
    };
    window.addEventListener('keydown', listen);
    return () => { window.removeEventListener('keydown', listen); };
  }, [offered]);
  if (offered === null) return null;
  return <Button className="quiet offered" aria-label={offered.label} title={offered.label} onClick={offered.run}>{offered.shortLabel} <kbd className="key key-drawn" aria-hidden="true" data-key={offered.keys} /></Button>;
}

/** In a field with text the key belongs to the field. */
function hasText(target: EventTarget | null): boolean {
  return (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) && target.value !== '';
}
