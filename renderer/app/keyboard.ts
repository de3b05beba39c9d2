/**
 * Keys of the whole app, as data: the list that `?` shows, the settings and the handlers read the same ids.
 *
 * Invariants: a single character never acts while somebody is typing; keys with Ctrl, Alt and function keys always do.
 * Handlers name ids, so an operator may give an id another key; two ids that can act at the same place never share one.
 * The telephone's keys act on every screen: whoever rings or talks does not wait for one. F1 is kept for help.
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

/** `o` for `Alt+O`: the shortcut of one letter that is meant from within a field; null for any other key. */
export function letterOfAlt(name: string): string | null {
  const letter = /^Alt\+([A-Z])$/.exec(name)?.[1];
  return letter === undefined ? null : letter.toLowerCase();
}

/** Where a shortcut acts. `lists` = worklist and agenda. */
type Area = 'everywhere' | 'outside-case' | 'lists' | 'worklist' | 'agenda' | 'case' | 'lead' | 'live' | 'lead-and-live';

const within: Record<Area, readonly Area[]> = {
  everywhere: ['worklist', 'agenda', 'case', 'outside-case', 'lead', 'live'],
  'outside-case': ['worklist', 'agenda', 'outside-case', 'lead', 'live'],
  lists: ['worklist', 'agenda'],
  worklist: ['worklist'],
  agenda: ['agenda'],
  case: ['case'],
  lead: ['lead'],
  live: ['live'],
  'lead-and-live': ['lead', 'live'],
};

/** The shortcuts, by where they work; labels are `shortcuts.<id>`. A `fixed` one is shown and cannot be given another key. */
export const shortcutGroups = [
  {
    id: 'everywhere',
    entries: [
      { id: 'search', key: 'Ctrl+K', area: 'everywhere' }, { id: 'next', key: 'F12', area: 'outside-case' },
      { id: 'showWorklist', key: 'Alt+L', area: 'everywhere' }, { id: 'showAgenda', key: 'Alt+G', area: 'everywhere' }, { id: 'showInbound', key: 'Ctrl+I', area: 'everywhere' },
      { id: 'showSettings', key: 'Ctrl+,', area: 'everywhere' }, { id: 'agentState', key: 'Ctrl+B', area: 'everywhere' }, { id: 'readMessage', key: 'Alt+Y', area: 'everywhere' }, { id: 'help', key: 'Ctrl+H', area: 'everywhere' }, { id: 'list', key: '?', area: 'everywhere' },
      { id: 'close', fixed: ['Esc'] }, { id: 'zoom', fixed: ['Ctrl', '+', '-', '0'] }, { id: 'fullScreen', fixed: ['F11'] },
    ],
  },
  {
    id: 'worklist',
    entries: [
      { id: 'moveInList', fixed: ['↑', '↓'] }, { id: 'moveFar', fixed: ['PgUp', 'PgDn', 'Home', 'End'] }, { id: 'moveDown', key: 'j', area: 'lists' }, { id: 'moveUp', key: 'k', area: 'lists' }, { id: 'open', fixed: ['↵'] },
      { id: 'filters', key: 'f', area: 'worklist' }, { id: 'savedView', fixed: ['Alt', '1', '…', '9'] },
      { id: 'moveDays', fixed: ['←', '→'] }, { id: 'week', key: 'w', area: 'agenda' }, { id: 'today', key: 't', area: 'agenda' },
    ],
  },
  {
    id: 'case',
    entries: [
      { id: 'startCall', key: 'F2', area: 'case' }, { id: 'startByHand', key: 'Alt+M', area: 'case' }, { id: 'startInbound', key: 'Alt+I', area: 'case' }, { id: 'cancelCall', key: 'Alt+N', area: 'case' }, { id: 'peek', key: 'F3', area: 'case' },
      { id: 'answer', fixed: ['1', '…', '9'] }, { id: 'answerTyping', fixed: ['Alt', '1', '…', '9'] }, { id: 'letterTyping', fixed: ['Alt', 'E', 'O', '…'] }, { id: 'objection', fixed: ['O', '1', '…', '9', 'A', '…'] }, { id: 'objections', key: 'o', area: 'case' }, { id: 'stepBack', key: 'Alt+ArrowLeft', area: 'case' },
      { id: 'outcomeCode', key: 'e', area: 'case' }, { id: 'reasons', key: 'c', area: 'case' }, { id: 'noAnswer', key: 'F9', area: 'case' }, { id: 'busy', key: 'F4', area: 'case' },
      { id: 'applyAdvice', fixed: ['Ctrl', '↵'] }, { id: 'note', key: 'n', area: 'case' }, { id: 'attach', key: 'a', area: 'case' }, { id: 'sendMail', key: 'm', area: 'case' }, { id: 'writeColleague', key: 'w', area: 'case' },
      { id: 'addContact', key: 'r', area: 'case' }, { id: 'addPerson', key: 'p', area: 'case' }, { id: 'wishes', key: 'f', area: 'case' },
      { id: 'saveForm', fixed: ['Ctrl', '↵'] }, { id: 'history', key: 'h', area: 'case' }, { id: 'saveNext', key: 'F12', area: 'case' }, { id: 'save', key: 'Ctrl+S', area: 'case' }, { id: 'saveGoOn', key: 'Ctrl+F12', area: 'case' },
      { id: 'undo', fixed: ['Ctrl', 'Z'] }, { id: 'backToList', fixed: ['Esc'] },
    ],
  },
  {
    id: 'telephone',
    entries: [
      { id: 'acceptCall', key: 'F5', area: 'everywhere' }, { id: 'refuseBusy', key: 'Alt+B', area: 'everywhere' }, { id: 'refuseCall', key: 'Alt+X', area: 'everywhere' },
      { id: 'hangUp', key: 'F10', area: 'everywhere' }, { id: 'holdCall', key: 'F6', area: 'everywhere' }, { id: 'muteCall', key: 'F8', area: 'everywhere' },
      { id: 'passCall', key: 'F7', area: 'everywhere' }, { id: 'joinCalls', key: 'Ctrl+F7', area: 'everywhere' }, { id: 'sendDigits', key: 'Alt+D', area: 'everywhere' }, { id: 'recordCall', key: 'Alt+V', area: 'case' }, { id: 'showCalls', key: 'Alt+U', area: 'everywhere' }, { id: 'noteContact', key: 'n', area: 'outside-case' },
      { id: 'dialPad', key: 'Ctrl+D', area: 'everywhere' }, { id: 'redial', key: 'Ctrl+F2', area: 'case' }, { id: 'extendWrapUp', key: 'Ctrl+E', area: 'case' }, { id: 'putAside', key: 'Ctrl+P', area: 'everywhere' }, { id: 'takeUpCall', key: 'Ctrl+U', area: 'everywhere' }, { id: 'goOn', key: 'Ctrl+G', area: 'everywhere' }, { id: 'stopCountdown', fixed: ['Esc', '…'] },
    ],
  },
  {
    id: 'lead',
    entries: [
      { id: 'leadTab', fixed: ['1', '…', '6'] }, { id: 'leadTabTyping', fixed: ['Ctrl', '1', '…', '6'] }, { id: 'findCase', key: '/', area: 'lead' }, { id: 'suspend', key: 's', area: 'lead' }, { id: 'stopImport', fixed: ['Esc'] },
      { id: 'assign', key: 'r', area: 'lead' }, { id: 'prioritise', key: 'e', area: 'lead-and-live' }, { id: 'writeHolder', key: 'm', area: 'lead' }, { id: 'correct', key: 'c', area: 'lead' }, { id: 'allow', key: 'p', area: 'lead' }, { id: 'verdict', fixed: ['A', 'R', 'O'] }, { id: 'settleFlag', fixed: ['S'] },
    ],
  },
  {
    id: 'live',
    entries: [
      { id: 'showBoard', key: 'Alt+T', area: 'everywhere' }, { id: 'wallboard', key: 'w', area: 'live' }, { id: 'boardQuiet', key: 'q', area: 'live' },
      { id: 'boardThresholds', key: 's', area: 'live' }, { id: 'writeMessage', key: 'm', area: 'live' }, { id: 'boardNotify', key: 'd', area: 'live' }, { id: 'shareQueue', key: 'b', area: 'live' },
    ],
  },
  {
    id: 'conduct',
    entries: [
      { id: 'rulesTab', fixed: ['1', '…', '7'] }, { id: 'rulesTabTyping', fixed: ['Ctrl', '1', '…', '7'] }, { id: 'moveInRules', fixed: ['↑', '↓'] }, { id: 'publishRules', fixed: ['Ctrl', '↵'] },
      { id: 'undoScript', fixed: ['Ctrl', 'Z', 'Y'] }, { id: 'nextPart', fixed: ['F6', '⇧F6'] }, { id: 'leaveScript', fixed: ['Esc'] },
    ],
  },
] as const satisfies readonly { id: string; entries: readonly Entry[] }[];

type Entry = { id: string; key: string; area: Area } | { id: string; fixed: readonly string[] };
const leadGroups: readonly string[] = ['lead', 'live', 'conduct'] satisfies (typeof shortcutGroups)[number]['id'][];

/** The groups that concern somebody: a collector has no keys of the lead's screens. */
export function shortcutGroupsOf(isLead: boolean): (typeof shortcutGroups)[number][] {
  return shortcutGroups.filter((group) => isLead || !leadGroups.includes(group.id));
}

type AnyEntry = (typeof shortcutGroups)[number]['entries'][number];
/** A shortcut with a key of its own that may be changed. */
export type ShortcutId = Extract<AnyEntry, { key: string }>['id'];
export type Bindings = Readonly<Record<ShortcutId, string>>;

const changeable = shortcutGroups.flatMap((group) => group.entries.flatMap((entry): { id: ShortcutId; key: string; area: Area }[] => ('key' in entry ? [entry] : [])));
export const shortcutIds = changeable.map(({ id }) => id);
export const defaultBindings = Object.fromEntries(changeable.map(({ id, key }) => [id, key])) as Record<ShortcutId, string>;

/** Keys that mean something everywhere (editing, moving, zoom, closing) or in the forms; nobody may take them. */
const reserved = new Set([
  'Escape', 'Enter', 'Tab', 'Shift+Tab', ' ', 'Backspace', 'Delete', 'Insert', 'Home', 'End', 'PageUp', 'PageDown', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight',
  'Ctrl+Enter', 'Ctrl+A', 'Ctrl+C', 'Ctrl+V', 'Ctrl+X', 'Ctrl+Y', 'Ctrl+Z', 'Ctrl+R', 'Ctrl+Q', 'Ctrl+W', 'Ctrl++', 'Ctrl+=', 'Ctrl+-', 'Ctrl+0', 'F11', 'Alt+F4',
]);

export type BindingProblem = { kind: 'reserved' } | { kind: 'taken'; by: ShortcutId };

/** Why `id` may not have this key; null when it may. */
export function findBindingProblem(bindings: Bindings, id: ShortcutId, key: string): BindingProblem | null {
  if (reserved.has(key) || /^((Alt|Ctrl)\+)?\d$/.test(key) || key.startsWith('Shift+')) return { kind: 'reserved' };
  const areaOf = (wanted: ShortcutId): readonly Area[] => within[changeable.find((entry) => entry.id === wanted)?.area ?? 'everywhere'];
  const by = shortcutIds.find((other) => other !== id && bindings[other] === key && areaOf(other).some((area) => areaOf(id).includes(area)));
  return by === undefined ? null : { kind: 'taken', by };
}

/** The default keys with the operator's own over them; what this build does not know, or what clashes by now, is left out. */
export function applyBindings(own: Readonly<Record<string, string>>): Bindings {
  const wanted = { ...defaultBindings };
  for (const id of shortcutIds) wanted[id] = own[id] ?? wanted[id];
  // Back to its default what clashes, until nothing does: a default may be what clashes with somebody's own.
  for (;;) {
    const wrong = shortcutIds.find((id) => wanted[id] !== defaultBindings[id] && findBindingProblem(wanted, id, wanted[id]) !== null);
    if (wrong === undefined) return wanted;
    wanted[wrong] = defaultBindings[wrong];
  }
}

/** Whether a key waits while one screen gives way to the next: the shortcuts, and nothing that edits, moves or belongs to the window. */
export function isHeldKey(name: string): boolean {
  return name === 'Escape' || name === 'Ctrl+Enter' || ((name.length === 1 || actsWhileTyping(name)) && !reserved.has(name));
}

/** Keys held down to modify others. */
export function isModifier(key: string): boolean {
  return ['Control', 'Alt', 'Shift', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process', 'Unidentified'].includes(key);
}

const shownKeys: Readonly<Record<string, string>> = {
  ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Enter: '↵', Escape: 'Esc', ' ': '␣',
};

/** `['Ctrl', 'K']`: a key's name as it is printed on its caps. */
export function showKey(name: string): string[] {
  const pieces = name === '+' || name.endsWith('++') ? [...name.slice(0, -1).split('+').filter((piece) => piece !== ''), '+'] : name.split('+');
  return pieces.map((piece) => shownKeys[piece] ?? (piece.length === 1 ? piece.toUpperCase() : piece));
}
