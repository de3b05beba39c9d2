/** Other keys for the shortcuts: press "Cambia", then the key. What clashes is said beside it, and nothing is saved. */
import Button from '@mui/material/Button';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import type { BindingProblem, ShortcutId } from '../../app/keyboard.ts';
import { defaultBindings, findBindingProblem, isModifier, nameOfKey, shortcutGroupsOf, showKey } from '../../app/keyboard.ts';
import { useSettings } from '../../app/settings-store.ts';
import { useBindings } from '../../app/shortcut-store.ts';
import type { Save } from './settings-screen.tsx';

export function ShortcutSettings({ isLead, save }: { isLead: boolean; save: Save }): ReactNode {
  const { t } = useWords();
  const bindings = useBindings((store) => store.bindings);
  const own = useSettings((store) => store.settings.shortcuts);
  const [waiting, setWaiting] = useState<ShortcutId | null>(null);
  const [problem, setProblem] = useState<{ id: ShortcutId; key: string; problem: BindingProblem } | null>(null);

  useEffect(() => {
    if (waiting === null) return undefined;
    const listen = (event: KeyboardEvent): void => {
      if (isModifier(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      setWaiting(null);
      if (event.key === 'Escape') return;
      const key = nameOfKey(event);
      const found = findBindingProblem(bindings, waiting, key);
      setProblem(found === null ? null : { id: waiting, key, problem: found });
      if (found !== null) return;
      const { [waiting]: _before, ...others } = own;
      save({ key: 'shortcuts', value: key === defaultBindings[waiting] ? others : { ...others, [waiting]: key } });
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => { window.removeEventListener('keydown', listen, { capture: true }); };
  }, [waiting, bindings, own, save]);

  const sentenceOf = ({ key, problem: found }: { key: string; problem: BindingProblem }): string => {
    const shown = showKey(key).join(' ');
    return found.kind === 'reserved' ? t('keys.reserved', { key: shown }) : t('keys.taken', { key: shown, what: t(`shortcuts.${found.by}`) });
  };
  return (
    <div className="key-groups">
      {shortcutGroupsOf(isLead).map((group) => (
        <section key={group.id} aria-label={t(`shortcuts.group.${group.id}`)}>
          <h3>{t(`shortcuts.group.${group.id}`)}</h3>
          <ul className="key-list">
            {group.entries.map((entry) => {
              const label = t(`shortcuts.${entry.id}`);
              if (!('key' in entry)) {
                return <li key={entry.id}><span>{label}</span><Keys keys={entry.fixed} /><span className="faint key-fixed">{t('keys.fixed')}</span></li>;
              }
              const { id } = entry;
              return (
                <li key={id}>
                  <span>{label}{bindings[id] === defaultBindings[id] ? null : <span className="faint"> · {t('keys.own')}</span>}</span>
                  {waiting === id ? <span className="key-waiting" role="status">{t('keys.press')}</span> : <Keys keys={showKey(bindings[id])} />}
                  <Button className="quiet" aria-label={t('keys.changeOf', { what: label })} onClick={() => { setProblem(null); setWaiting(id); }}>{t('keys.change')}</Button>
                  {problem?.id === id ? <p className="field-error" role="alert">{sentenceOf(problem)}</p> : null}
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Keys({ keys }: { keys: readonly string[] }): ReactNode {
  return <span className="keys">{keys.map((key) => <kbd className="key" key={key}>{key}</kbd>)}</span>;
}
