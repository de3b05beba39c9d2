/** The call in hand: the form, the way through the script, and what stands wrong. */
import { create } from 'zustand';
import type { AppError } from '../../../shared/result.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { CaseId, FactId, NumberId, PartyId } from '../../../shared/id.ts';
import type { OutcomeCode } from '../../../shared/case/outcome-codes.ts';
import { resetDraftStatus, noteDraft } from './draft-saver.ts';
import { rememberOpener, returnToOpener } from './inline-focus.ts';
import type { FormState, OwnTexts, Stash } from './outcome-form.ts';
import { draftOfForm, emptyForm, firstNumberId, formOfDraft, partyOfNumber, switchCode } from './outcome-form.ts';
import type { Place } from './script-trail.ts';
import { resumeStepId } from './script-trail.ts';

/** `partyId` and `pointId` null: a new one, or the holder's preferences. */
export type Inline =
  | { kind: 'note' } | { kind: 'attach' } | { kind: 'correction'; factId: FactId }
  | { kind: 'party' | 'preferences'; partyId: PartyId | null } | { kind: 'point'; pointId: NumberId | null };

interface CallStore {
  caseId: CaseId | null;
  form: FormState;
  stash: Stash;
  trail: Place[];
  suggested: OutcomeCode | null;
  error: AppError | null;
  saving: boolean;
  /** The form open on the left, if any. */
  inline: Inline | null;
  /** The operator chose the number: then the rule does not choose another one until the outcome is saved. */
  numberChosen: boolean;
  start: (screen: CaseScreen) => void;
  change: (patch: Partial<FormState>) => void;
  chooseCode: (code: OutcomeCode, defaults: Partial<OwnTexts>) => void;
  chooseNumber: (numberId: string, numbers: CaseScreen['numbers']) => void;
  /** The numbers have changed: the next one by rule, unless one was chosen and still rings. */
  followNumbers: (numbers: CaseScreen['numbers']) => void;
  /** An outcome that was undone is back in the form. */
  restore: (form: FormState) => void;
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
  numberChosen: false,
  start: (screen) => {
    const stepId = screen.draft?.scriptStepId ?? '';
    const numberId = firstNumberId(screen.numbers);
    set({
      caseId: screen.caseId, form: formOfDraft(screen.draft, numberId, partyOfNumber(screen.numbers, numberId)), stash: {}, error: null, suggested: null,
      saving: false, inline: null, numberChosen: screen.draft !== null && screen.draft.numberId !== '', trail: stepId === '' ? [] : [{ kind: 'step', id: stepId }],
    });
    resetDraftStatus(screen.draft !== null);
  },
  change: (patch) => {
    set({ form: { ...get().form, ...patch }, error: null });
    keepDraft(get());
  },
  chooseCode: (code, defaults) => {
    const { form, stash } = get();
    set({ ...switchCode(form, stash, code, defaults), error: null, suggested: null });
    keepDraft(get());
  },
  chooseNumber: (numberId, numbers) => {
    set({ form: { ...get().form, numberId, partyId: partyOfNumber(numbers, numberId) }, error: null, numberChosen: true });
    keepDraft(get());
  },
  followNumbers: (numbers) => {
    const { form, numberChosen } = get();
    const rings = numbers.some((number) => number.usable && number.numberId === form.numberId);
    const numberId = firstNumberId(numbers);
    if (numberId === form.numberId || (rings && (numberChosen || draftOfForm(form, '') !== null))) return;
    set({ form: { ...form, numberId, partyId: partyOfNumber(numbers, numberId) } });
  },
  restore: (form) => {
    set({ form, stash: {}, error: null, suggested: null, numberChosen: true });
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
    if (inline === null) returnToOpener();
    else if (get().inline === null) rememberOpener();
    set({ inline });
  },
  clear: () => {
    const { numberId, partyId } = get().form;
    set({ form: emptyForm(numberId, partyId), stash: {}, error: null, suggested: null, saving: false, numberChosen: false });
    resetDraftStatus(false);
  },
}));

function keepDraft({ caseId, form, trail }: CallStore): void {
  if (caseId !== null) noteDraft(caseId, draftOfForm(form, resumeStepId(trail)));
}
