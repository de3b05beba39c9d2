/**
 * Keys of the whole app, as data: the list that `?` shows and the handlers read the same names.
 *
 * Invariant: a single character never acts while somebody is typing; keys with Ctrl, Alt and
 * function keys always do.
 */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** `Ctrl+K`, `Alt+ArrowLeft`, `F12`, `o`, `?`. Command counts as Ctrl. */
export function nameOfKey(press: KeyPress): string {
  const single = press.key.length === 1;
  const key = single ? press.key.toLowerCase() : press.key;
  const modified = press.ctrlKey || press.metaKey || press.altKey;
  return [
    press.ctrlKey || press.metaKey ? 'Ctrl+' : '',
    press.altKey ? 'Alt+' : '',
    press.shiftKey && !single ? 'Shift+' : '',
    modified && single ? key.toUpperCase() : key,
  ].join('');
}

/** Whether this key may act while the focus stands in a field. */
export function actsWhileTyping(name: string): boolean {
  return /^(Ctrl|Alt)\+/.test(name) || /^F\d+$/.test(name) || name === 'Escape';
}

/** The shortcuts, by where they work; labels are `shortcuts.<id>`. */
export const shortcutGroups = [
  {
    id: 'everywhere',
    entries: [
      { id: 'search', keys: ['Ctrl', 'K'] }, { id: 'next', keys: ['F12'] }, { id: 'list', keys: ['?'] }, { id: 'close', keys: ['Esc'] },
    ],
  },
  {
    id: 'worklist',
    entries: [{ id: 'moveInList', keys: ['↑', '↓'] }, { id: 'moveByLetters', keys: ['J', 'K'] }, { id: 'open', keys: ['↵'] }],
  },
  {
    id: 'case',
    entries: [
      { id: 'answer', keys: ['1', '…', '9'] }, { id: 'objections', keys: ['O'] }, { id: 'stepBack', keys: ['Alt', '←'] },
      { id: 'outcomeCode', keys: ['E'] }, { id: 'noAnswer', keys: ['F9'] }, { id: 'busy', keys: ['F10'] },
      { id: 'applyAdvice', keys: ['Ctrl', '↵'] }, { id: 'note', keys: ['N'] }, { id: 'attach', keys: ['A'] },
      { id: 'addContact', keys: ['R'] }, { id: 'addPerson', keys: ['P'] }, { id: 'wishes', keys: ['F'] }, { id: 'history', keys: ['H'] },
      { id: 'saveNext', keys: ['F12'] }, { id: 'save', keys: ['Ctrl', 'S'] }, { id: 'undo', keys: ['Ctrl', 'Z'] }, { id: 'backToList', keys: ['Esc'] },
    ],
  },
] as const;
