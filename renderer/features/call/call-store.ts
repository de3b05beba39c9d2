/** The call in hand: the form, the way through the script, and what stands wrong. */
import { create } from 'zustand';
import type { AppError } from '../../../shared/result.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { CaseId, FactId } from '../../../shared/id.ts';
import type { OutcomeCode } from '../../../shared/case/outcome-codes.ts';
import { resetDraftStatus, noteDraft } from './draft-saver.ts';
import type { FormState, Stash } from './outcome-form.ts';
import { draftOfForm, emptyForm, firstNumberId, formOfDraft, switchCode } from './outcome-form.ts';
import type { Place } from './script-trail.ts';
import { resumeStepId } from './script-trail.ts';

export type Inline = { kind: 'note' } | { kind: 'attach' } | { kind: 'correction'; factId: FactId };

interface CallStore {
  caseId: CaseId | null;
  form: FormState;
  stash: Stash;
  trail: Place[];
  suggested: OutcomeCode | null;
  error: AppError | null;
  saving: boolean;
  /** The form open inside the history, if any. */
  inline: Inline | null;
  start: (screen: CaseScreen) => void;
  change: (patch: Partial<FormState>) => void;
  chooseCode: (code: OutcomeCode) => void;
  walk: (trail: Place[], suggested: OutcomeCode | null) => void;
  setError: (error: AppError | null) => void;
  setSaving: (saving: boolean) => void;
  setInline: (inline: Inline | null) => void;
  /** The outcome is saved: an empty form, the same place in the script. */
  clear: () => void;
}

export const useCall = create<CallStore>((set, get) => ({
  caseId: null,
  form: emptyForm(''),
  stash: {},
  trail: [],
  suggested: null,
  error: null,
  saving: false,
  inline: null,
  start: (screen) => {
    const stepId = screen.draft?.scriptStepId ?? '';
    set({
      caseId: screen.caseId, form: formOfDraft(screen.draft, firstNumberId(screen.numbers)), stash: {}, error: null, suggested: null,
      saving: false, inline: null, trail: stepId === '' ? [] : [{ kind: 'step', id: stepId }],
    });
    resetDraftStatus(screen.draft !== null);
  },
  change: (patch) => {
    set({ form: { ...get().form, ...patch }, error: null });
    keepDraft(get());
  },
  chooseCode: (code) => {
    const { form, stash } = get();
    set({ ...switchCode(form, stash, code), error: null, suggested: null });
    keepDraft(get());
  },
  walk: (trail, suggested) => {
    set({ trail, suggested });
    keepDraft(get());
  },
  setError: (error) => {
    set({ error });
  },
  setSaving: (saving) => {
    set({ saving });
  },
  setInline: (inline) => {
    set({ inline });
  },
  clear: () => {
    set({ form: emptyForm(get().form.numberId), stash: {}, error: null, suggested: null, saving: false });
    resetDraftStatus(false);
  },
}));

function keepDraft({ caseId, form, trail }: CallStore): void {
  if (caseId !== null) noteDraft(caseId, draftOfForm(form, resumeStepId(trail)));
}
