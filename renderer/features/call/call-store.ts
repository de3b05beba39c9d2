/** The call in hand: the form, the way through the script, and what stands wrong. */
import { create } from 'zustand';
import type { AppError } from '../../../shared/result.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { CaseId, FactId, NumberId, PartyId } from '../../../shared/id.ts';
import type { ContactReason, OutcomeCode } from '../../../shared/case/outcome-codes.ts';
import type { WalkScreen } from '../../../shared/contract/conduct-channels.ts';
import type { FormFieldName } from '../../../shared/case/outcome-fields.ts';
import { reasonsOfText } from './contact-reasons.ts';
import { resetDraftStatus, noteDraft } from './draft-saver.ts';
import type { CaseStand } from './find-news.ts';
import { standOf } from './find-news.ts';
import { rememberOpener, returnToOpener } from './inline-focus.ts';
import type { FormState, OwnTexts, Stash } from './outcome-form.ts';
import { draftOfForm, emptyForm, fieldsOf, firstNumberId, formOfDraft, partyOfNumber, switchCode } from './outcome-form.ts';

/** What a mail begins with; a file by its fact. */
export type MailWish = { kind: 'any' | 'agreement' | 'coordinates' | 'interest' | 'invoice-copy' } | { kind: 'file'; factId: FactId };

/** `partyId` and `pointId` null: a new one, or the holder's preferences; `text` and `point`: what a new one begins with. */
export type Inline =
  | { kind: 'note' } | { kind: 'attach' } | { kind: 'correction'; factId: FactId }
  | { kind: 'mail'; what: MailWish }
  | { kind: 'accept-plan' | 'cancel-agreement' | 'move-dispute'; factId: FactId }
  | { kind: 'party' | 'preferences'; partyId: PartyId | null } | { kind: 'point'; pointId: NumberId | null; text?: string; point?: 'email' };

export interface CallStore {
  caseId: CaseId | null;
  /** How the case stood when it was opened. */
  stand: CaseStand | null;
  form: FormState;
  stash: Stash;
  /** The way through the script so far: by answers while it is read before a call, by steps in a call. */
  trail: string[];
  /** What the script has captured for the form. */
  fills: Readonly<Record<string, string>>;
  /** What was typed into the steps of this call, by step and field: one that is gone back to shows it again. */
  typed: Readonly<Record<string, Readonly<Record<string, string>>>>;
  suggested: OutcomeCode | null;
  /** What the script's answers said of why they got in touch: each is set once, so that it can be taken away again. */
  toldReasons: readonly ContactReason[];
  error: AppError | null;
  saving: boolean;
  /** The form open on the left, if any. */
  inline: Inline | null;
  /** What was typed into it (`useKept`). */
  kept: ReadonlyMap<string, unknown>;
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
  /** A step read in preparation. */
  read: (trail: string[]) => void;
  /** Something was typed into a field of a step. */
  keepTyped: (stepId: string, values: Readonly<Record<string, string>>) => void;
  /** Where the call stands: what it captured goes into the fields that nobody has typed into. */
  takeWalk: (trail: string[], told: Pick<WalkScreen, 'suggestCode' | 'reasons' | 'fills'>) => void;
  setError: (error: AppError | null) => void;
  setSaving: (saving: boolean) => void;
  setInline: (inline: Inline | null) => void;
  /** A form is done: only as it was opened, never one that was opened after it. */
  closeInline: (opened: Inline | null) => void;
  /** The outcome is saved: an empty form, and the script from its start. `goesOn`: it is still the same contact. */
  clear: (how?: { goesOn: boolean }) => void;
}

export const useCall = create<CallStore>((set, get) => ({
  caseId: null,
  stand: null,
  form: emptyForm(''),
  stash: {},
  trail: [],
  fills: {},
  typed: {},
  suggested: null,
  toldReasons: [],
  error: null,
  saving: false,
  inline: null,
  kept: new Map(),
  numberChosen: false,
  start: (screen) => {
    const numberId = firstNumberId(screen.numbers);
    set({
      caseId: screen.caseId, stand: standOf(screen), form: formOfDraft(screen.draft, numberId, partyOfNumber(screen.numbers, numberId)), stash: {}, error: null, suggested: null,
      saving: false, inline: null, kept: new Map(), numberChosen: screen.draft !== null && screen.draft.numberId !== '', trail: [], fills: {}, typed: {}, toldReasons: [],
    });
    resetDraftStatus(screen.draft !== null);
  },
  change: (patch) => {
    set({ form: { ...get().form, ...patch }, error: null });
    keepDraft(get());
  },
  chooseCode: (code, defaults) => {
    const { form, stash, fills } = get();
    const switched = switchCode(form, stash, code, defaults);
    set({ ...switched, form: fillIn(switched.form, fills, defaults), error: null, suggested: null });
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
  read: (trail) => {
    set({ trail });
  },
  takeWalk: (trail, { suggestCode: suggested, reasons, fills }) => {
    const { form, fills: before, toldReasons } = get();
    const filled = fillIn(withReasons(form, reasons.filter((reason) => !toldReasons.includes(reason))), fills, before);
    set({ trail, suggested, fills, toldReasons: reasons, form: filled });
    if (filled !== form) keepDraft(get());
  },
  keepTyped: (stepId, values) => {
    set({ typed: { ...get().typed, [stepId]: values } });
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
    set({ inline, kept: new Map() });
  },
  closeInline: (opened) => {
    if (get().inline === opened) get().setInline(null);
  },
  clear: ({ goesOn } = { goesOn: false }) => {
    const { numberId, partyId, channel, reasons } = get().form;
    const form = emptyForm(numberId, partyId);
    set({ form: goesOn ? { ...form, channel, reasons } : form, stash: {}, error: null, suggested: null, saving: false, numberChosen: false, trail: [], fills: {}, typed: {}, toldReasons: [] });
    resetDraftStatus(false);
  },
}));

function withReasons(form: FormState, reasons: readonly ContactReason[]): FormState {
  const known = reasonsOfText(form.reasons);
  const fresh = reasons.filter((reason) => !known.includes(reason));
  return fresh.length === 0 ? form : { ...form, reasons: [...known, ...fresh].join(' ') };
}

function keepDraft({ caseId, form }: CallStore): void {
  if (caseId !== null) noteDraft(caseId, draftOfForm(form, ''));
}

/** What was captured, in the fields that the code asks for and nobody has typed into: `untyped` is what stood there by itself. */
function fillIn(form: FormState, fills: Readonly<Record<string, string>>, untyped: Readonly<Partial<Record<string, string>>>): FormState {
  const patch: Partial<Record<FormFieldName, string>> = {};
  for (const field of fieldsOf(form.code)) {
    const fill = fills[field];
    if (fill !== undefined && fill !== form[field] && (form[field] === '' || form[field] === untyped[field])) patch[field] = fill;
  }
  return Object.keys(patch).length === 0 ? form : { ...form, ...patch };
}
