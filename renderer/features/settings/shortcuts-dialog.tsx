/** Every key, on one page, as the operator has them. */
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import { shortcutGroupsOf, showKey } from '../../app/keyboard.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import { useBindings } from '../../app/shortcut-store.ts';

export function ShortcutsDialog({ isLead }: { isLead: boolean }): ReactNode {
  const { t } = useWords();
  const open = useNavigation((store) => store.shortcutsOpen);
  const setOpen = useNavigation((store) => store.setShortcutsOpen);
  const go = useNavigation((store) => store.go);
  const inCase = useNavigation((store) => store.place.name === 'case');
  const bindings = useBindings((store) => store.bindings);
  const close = (): void => { setOpen(false); };
  return (
    <Dialog open={open} onClose={close} aria-labelledby="shortcuts-title" maxWidth="md">
      <div className="shortcuts">
        <header>
          <h2 id="shortcuts-title">{t('shortcuts.title')}</h2>
          <span className="spacer" />
          {inCase ? null : <Button onClick={() => { close(); go({ name: 'settings' }); }}>{t('shortcuts.change')}</Button>}
          <Button autoFocus onClick={close}>{t('shortcuts.done')}</Button>
        </header>
        <div className="shortcut-groups">
          {shortcutGroupsOf(isLead).map((group) => (
            <section key={group.id}>
              <h3>{t(`shortcuts.group.${group.id}`)}</h3>
              <dl>
                {group.entries.map((entry) => (
                  <div key={entry.id}>
                    <dt>{t(`shortcuts.${entry.id}`)}</dt>
                    <dd>{('key' in entry ? showKey(bindings[entry.id]) : entry.fixed).map((key) => <kbd className="key" key={key}>{key}</kbd>)}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </Dialog>
  );
}
