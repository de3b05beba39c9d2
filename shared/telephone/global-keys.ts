/**
 * Keys of the telephone that work while another program is in front; off until somebody turns them on.
 *
 * Invariant: written as Electron's accelerators, which is also how they are shown.
 */
export const globalKeyNames = ['answer', 'hang-up', 'mute'] as const;
export type GlobalKeyName = (typeof globalKeyNames)[number];

export const globalKeyChords: Record<GlobalKeyName, string> = { answer: 'Ctrl+Shift+F9', 'hang-up': 'Ctrl+Shift+F10', mute: 'Ctrl+Shift+F11' };
