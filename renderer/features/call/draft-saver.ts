/**
 * Saves what stands in the form at every pause.
 *
 * Invariants: drafts reach the desk in the order they were typed; once an outcome is saved no
 * older draft follows it.
 */
import { create } from 'zustand';
import { command } from '../../bridge/desk.ts';
import type { Draft } from '../../../shared/contract/screens.ts';
import type { CaseId } from '../../../shared/id.ts';

export type DraftStatus = 'none' | 'waiting' | 'saved' | 'failed';
export const useDraftStatus = create<{ status: DraftStatus }>(() => ({ status: 'none' }));

const PAUSE_MS = 400;
let pending: { caseId: CaseId; draft: Draft | null } | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let saving: Promise<void> = Promise.resolve();

/** Notes what stands in the form; it is saved at the next pause. */
export function noteDraft(caseId: CaseId, draft: Draft | null): void {
  pending = { caseId, draft };
  useDraftStatus.setState({ status: 'waiting' });
  clearTimeout(timer);
  timer = setTimeout(() => { void saveDraftNow(); }, PAUSE_MS);
}

/** Saves what waits, now: before the case is left, and when the window is hidden. */
export function saveDraftNow(): Promise<void> {
  clearTimeout(timer);
  const mine = pending;
  pending = null;
  if (mine === null) return saving;
  saving = saving.then(async () => {
    const result = await command('save-draft', mine);
    if (pending === null) useDraftStatus.setState({ status: !result.ok ? 'failed' : mine.draft === null ? 'none' : 'saved' });
  });
  return saving;
}

/** Forgets what waits and lets the last save end: an outcome is about to take the draft's place. */
export async function dropDraft(): Promise<void> {
  clearTimeout(timer);
  pending = null;
  await saving;
}

/** A case was opened: nothing of another one is shown. */
export function resetDraftStatus(restored: boolean): void {
  useDraftStatus.setState({ status: restored ? 'saved' : 'none' });
}
