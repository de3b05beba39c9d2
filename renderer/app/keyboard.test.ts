import { describe, expect, it } from 'vitest';
import { actsWhileTyping, nameOfKey } from './keyboard.ts';

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
