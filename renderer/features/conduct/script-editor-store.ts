/**
 * The script being written: what it is now, what it was before, where one looks.
 *
 * Invariants: every change can be taken back, one typed text at a time; the desk has each change soon after it was made, and at once
 * when the editor is left, so nothing typed is lost.
 */
import { create } from 'zustand';
import { command } from '../../bridge/desk.ts';
import { jsonObjectSchema } from '../../../shared/json-object.ts';
import type { AppError } from '../../../shared/result.ts';
import type { ScriptPack } from '../../../shared/script/script-pack.ts';
import type { ScriptPlace } from './edit-script.ts';
import { placesOf, samePlace, sheet } from './edit-script.ts';

const SAVE_AFTER_MS = 400;
const MOST_UNDO = 200;

export interface Moment { pack: ScriptPack; place: ScriptPlace }

interface EditorStore {
  now: Moment | null;
  past: readonly Moment[];
  future: readonly Moment[];
  /** What the last change was made in: going on there is the same change. */
  typingIn: string | null;
  saved: 'kept' | 'waiting' | 'failed';
  error: AppError | null;
  open: (pack: ScriptPack) => void;
  /** @param field names a text that is typed letter by letter; null = a change of its own */
  edit: (change: (pack: ScriptPack) => ScriptPack, field?: string | null, place?: ScriptPlace) => void;
  look: (place: ScriptPlace) => void;
  undo: () => void;
  redo: () => void;
  close: () => void;
}

const shut = { now: null, past: [], future: [], typingIn: null, saved: 'kept', error: null } as const;
let timer: ReturnType<typeof setTimeout> | null = null;
let saving: Promise<void> = Promise.resolve();

export const useScriptEditor = create<EditorStore>((set, get) => ({
  ...shut,
  open: (pack) => {
    set({ ...shut, now: { pack, place: sheet } });
    keepSoon();
  },
  edit: (change, field = null, place) => {
    const { now, past, typingIn } = get();
    if (now === null) return;
    const pack = change(now.pack);
    const goesOn = field !== null && typingIn === field && past.length > 0;
    set({
      now: { pack, place: place ?? now.place }, past: goesOn ? past : [...past, now].slice(-MOST_UNDO), future: [], typingIn: field, saved: 'waiting',
    });
    keepSoon();
  },
  look: (place) => {
    const { now } = get();
    if (now !== null) set({ now: { ...now, place }, typingIn: null });
  },
  undo: () => {
    const { now, past, future } = get();
    const before = past.at(-1);
    if (now === null || before === undefined) return;
    set({ now: { pack: before.pack, place: seenIn(before.pack, now.place, before.place) }, past: past.slice(0, -1), future: [now, ...future], typingIn: null, saved: 'waiting' });
    keepSoon();
  },
  redo: () => {
    const { now, past, future: [after, ...rest] } = get();
    if (now === null || after === undefined) return;
    set({ now: after, past: [...past, now], future: rest, typingIn: null, saved: 'waiting' });
    keepSoon();
  },
  close: () => {
    void keepNow();
    set(shut);
  },
}));

/** Where the change was made, if that is still there. */
function seenIn(pack: ScriptPack, place: ScriptPlace, otherwise: ScriptPlace): ScriptPlace {
  return placesOf(pack).some((candidate) => samePlace(candidate, place)) ? place : otherwise;
}

function keepSoon(): void {
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(() => { void keepNow(); }, SAVE_AFTER_MS);
}

/** Gives the desk what stands now; one after the other, the newest last. */
export function keepNow(): Promise<void> {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  const { now } = useScriptEditor.getState();
  if (now === null) return saving;
  const { pack } = now;
  saving = saving.then(async () => {
    const kept = await command('save-script-draft', { packId: pack.id, pack: jsonOf(pack) });
    if (useScriptEditor.getState().now?.pack === pack) useScriptEditor.setState(kept.ok ? { saved: 'kept', error: null } : { saved: 'failed', error: kept.error });
  });
  return saving;
}

/** The pack is published, or given up: no draft of it is left. */
export async function forgetDraft(packId: string): Promise<void> {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  await saving;
  await command('save-script-draft', { packId, pack: null });
  if (useScriptEditor.getState().now?.pack.id === packId) useScriptEditor.setState(shut);
}

/** As a file has it: without what is not there. */
export function jsonOf(pack: ScriptPack): ReturnType<typeof jsonObjectSchema.parse> {
  return jsonObjectSchema.parse(JSON.parse(JSON.stringify(pack)));
}
