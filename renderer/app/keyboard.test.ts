import { describe, expect, it } from 'vitest';
import { actsWhileTyping, applyBindings, defaultBindings, findBindingProblem, isHeldKey, letterOfAlt, nameOfKey, shortcutGroups, shortcutIds, showKey } from './keyboard.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}): string =>
  nameOfKey({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe('nameOfKey', () => {
  it('names keys the same on every layout', () => {
    expect(press('k', { ctrlKey: true })).toBe('Ctrl+K');
    expect(press('K', { metaKey: true })).toBe('Ctrl+K');
    expect(press('ArrowLeft', { altKey: true })).toBe('Alt+ArrowLeft');
    expect(press('O', { shiftKey: true })).toBe('o');
    expect(press('?', { shiftKey: true })).toBe('?');
    expect(press('Tab', { shiftKey: true })).toBe('Shift+Tab');
    expect(press('F12')).toBe('F12');
  });
});

describe('actsWhileTyping', () => {
  it('lets only keys through that type nothing', () => {
    expect(['Ctrl+S', 'Alt+ArrowLeft', 'F12', 'Escape'].every(actsWhileTyping)).toBe(true);
    expect(['o', '1', '?', 'Enter', 'ArrowDown', 'Shift+Tab'].some(actsWhileTyping)).toBe(false);
  });
});

describe('isHeldKey', () => {
  it('is every shortcut, and no key that edits, moves or belongs to the window', () => {
    expect(['F2', 'Escape', 'o', '1', 'Alt+N', 'Ctrl+K', 'Ctrl+Enter', ...Object.values(defaultBindings)].every(isHeldKey)).toBe(true);
    expect(['Tab', 'Enter', 'ArrowDown', 'Backspace', ' ', 'Ctrl+Z', 'Ctrl+V', 'Ctrl+R', 'F11', 'Alt+F4', 'Control'].some(isHeldKey)).toBe(false);
  });
});

describe('letterOfAlt', () => {
  it('gives the letter that is meant from within a field, and nothing for any other key', () => {
    expect(['Alt+O', 'Alt+E', 'Alt+1', 'Alt+ArrowLeft', 'Ctrl+O', 'Ctrl+Alt+O', 'o'].map(letterOfAlt)).toEqual(['o', 'e', null, null, null, null, null]);
  });
});

describe('the keys of the shortcuts', () => {
  it('clash nowhere as they come', () => {
    expect(shortcutIds.filter((id) => findBindingProblem(defaultBindings, id, defaultBindings[id]) !== null)).toEqual([]);
    expect(new Set(shortcutIds).size).toBe(shortcutIds.length);
  });

  it('leave the telephone its own', () => {
    const { acceptCall, hangUp, holdCall, muteCall, passCall } = defaultBindings;
    expect([acceptCall, holdCall, passCall, muteCall, hangUp]).toEqual(['F5', 'F6', 'F7', 'F8', 'F10']);
    expect(Object.values(defaultBindings)).not.toContain('F1');
    for (const key of [acceptCall, holdCall, passCall, muteCall, hangUp]) expect(findBindingProblem(defaultBindings, 'startCall', key)).not.toBeNull();
  });

  it('act at no place where a fixed key means something else', () => {
    const listed = shortcutGroups.flatMap(({ entries }) => entries.flatMap((entry) => ('key' in entry ? [] : [entry.fixed.join('+')])));
    const names = listed.map((keys) => keys.replace('↵', 'Enter').replace('Esc', 'Escape'));
    expect(shortcutIds.filter((id) => names.includes(defaultBindings[id]))).toEqual([]);
  });

  it('may be the same only where no place has both', () => {
    expect(findBindingProblem(defaultBindings, 'next', 'F12')).toBeNull();
    expect(findBindingProblem(defaultBindings, 'saveNext', 'F12')).toBeNull();
    expect(findBindingProblem(defaultBindings, 'week', 'f')).toBeNull();
    expect(findBindingProblem(defaultBindings, 'week', 'j')).toEqual({ kind: 'taken', by: 'moveDown' });
    expect(findBindingProblem(defaultBindings, 'search', 'n')).toEqual({ kind: 'taken', by: 'note' });
    expect(findBindingProblem(defaultBindings, 'note', 'Ctrl+K')).toEqual({ kind: 'taken', by: 'search' });
  });

  it.each(['Escape', 'Enter', '5', 'Alt+3', 'Ctrl+3', 'Ctrl+V', 'ArrowDown', 'Shift+F3', 'Ctrl+0'])('may not be %s', (key) => {
    expect(findBindingProblem(defaultBindings, 'note', key)).toEqual({ kind: 'reserved' });
  });

  it('are the operator’s own where those still fit', () => {
    const bindings = applyBindings({ next: 'F1', note: 'Ctrl+K', ofAnotherBuild: 'Alt+Q', save: 'Escape' });
    expect(bindings).toEqual({ ...defaultBindings, next: 'F1' });
  });

  it('may change places', () => {
    const bindings = applyBindings({ moveDown: 'k', moveUp: 'j' });
    expect([bindings.moveDown, bindings.moveUp]).toEqual(['k', 'j']);
  });
});

describe('showKey', () => {
  it('prints what stands on the caps', () => {
    expect(['Ctrl+K', 'Alt+ArrowLeft', 'F12', 'o', '?', 'Ctrl+,', 'Ctrl++', '+'].map(showKey)).toEqual(
      [['Ctrl', 'K'], ['Alt', '←'], ['F12'], ['O'], ['?'], ['Ctrl', ','], ['Ctrl', '+'], ['+']]);
  });
});
