/**
 * Saves what stands in the form at every pause.
 *
 * Invariants: drafts reach the desk in the order they were typed; once an outcome is saved no draft of it stays, also not what was typed
 * while it was on its way; the status shown is that of the case in front.
 */
import { create } from 'zustand';
import { command } from '../../bridge/desk.ts';
import type { Draft } from '../../../shared/contract/screens.ts';
import type { CaseId } from '../../../shared/id.ts';

export type DraftStatus = 'none' | 'waiting' | 'saved' | 'failed';
export const useDraftStatus = create<{ status: DraftStatus }>(() => ({ status: 'none' }));

const PAUSE_MS = 400;
interface Noted { caseId: CaseId; draft: Draft | null }

let pending: Noted | null = null;
/** Whose status is shown. */
let latest: Noted | null = null;
/** Of which cases a draft was sent since their outcome was last on its way. */
const sent = new Set<CaseId>();
let timer: ReturnType<typeof setTimeout> | undefined;
let saving: Promise<void> = Promise.resolve();

/** Notes what stands in the form; it is saved at the next pause. */
export function noteDraft(caseId: CaseId, draft: Draft | null): void {
  pending = { caseId, draft };
  latest = pending;
  useDraftStatus.setState({ status: 'waiting' });
  clearTimeout(timer);
  timer = setTimeout(() => { void saveDraftNow(); }, PAUSE_MS);
}

/** Saves what waits, now: before the case is left, and when the window is hidden. */
export function saveDraftNow(): Promise<void> {
  clearTimeout(timer);
  const mine = pending;
  pending = null;
  return mine === null ? saving : send(mine);
}

function send(mine: Noted): Promise<void> {
  sent.add(mine.caseId);
  saving = saving.then(async () => {
    const result = await command('save-draft', mine);
    if (latest === mine) useDraftStatus.setState({ status: !result.ok ? 'failed' : mine.draft === null ? 'none' : 'saved' });
  });
  return saving;
}

/** Forgets what waits and lets the last save end: an outcome is about to take the draft's place. */
export async function dropDraft(caseId: CaseId): Promise<void> {
  clearTimeout(timer);
  pending = null;
  sent.delete(caseId);
  await saving;
}

/** The outcome is saved: what was noted while it was on its way goes with it, and what reached the desk after it is taken back. */
export function forgetDraft(caseId: CaseId): void {
  if (pending?.caseId === caseId) {
    clearTimeout(timer);
    pending = null;
  }
  if (sent.has(caseId)) void send({ caseId, draft: null });
}

/** The outcome was refused after its case was left: what was dropped for it is kept, unless something newer is. */
export function keepDropped(caseId: CaseId, draft: Draft | null): void {
  if (pending?.caseId !== caseId && !sent.has(caseId)) void send({ caseId, draft });
}

/** A case was opened: nothing of another one is shown. */
export function resetDraftStatus(restored: boolean): void {
  latest = null;
  useDraftStatus.setState({ status: restored ? 'saved' : 'none' });
}
