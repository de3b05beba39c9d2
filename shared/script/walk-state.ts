/**
 * Where a call stands in its script, as it is kept on the disk.
 *
 * Invariant: everything else (what was captured, read, consented to, suggested) follows from the path and the entries; so a call that
 * is taken up again is where it was, and going back undoes all that an answer brought about. Only the gate stays: who it is does
 * not become unknown by turning a page.
 */
import { z } from 'zod';
import { gateStates } from '../contract/conduct-channels.ts';
import { instantSchema } from '../time.ts';
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import type { Progress } from './render-script.ts';
import type { FieldContext } from './read-field.ts';
import { speakField } from './read-field.ts';
import { fieldsOf } from './pack-fields.ts';
import type { ScriptField } from './script-fields.ts';
import type { ScriptAnswer, ScriptObjection, ScriptPack, SpokenStep } from './script-pack.ts';
import { answersOf, isSpoken, scriptLocales } from './script-pack.ts';

const entrySchema = z.object({
  fieldId: z.string(),
  text: z.string(),
  locale: z.enum(scriptLocales),
  /** Null: asked, and left empty. */
  value: z.union([z.string(), z.number()]).nullable(),
  /** Told by the right party: shown to nobody else. */
  isPrivate: z.boolean(),
});
export type WalkEntry = z.infer<typeof entrySchema>;

const pathSchema = z.array(z.object({
  stepId: z.string(), answerId: z.string(), at: instantSchema, under: z.string().nullable(), entries: z.array(entrySchema),
}));

export const walkStateSchema = z.object({
  packId: z.string(),
  packVersion: z.string(),
  locale: z.enum(scriptLocales),
  gate: z.enum(gateStates),
  startedAtMs: instantSchema,
  /** The step that stands; null = the script is at its end. */
  stepId: z.string().nullable(),
  /** The objection that is being met, over the step. */
  objectionId: z.string().nullable(),
  /** What was answered, oldest first; `under` is the step below an objection. */
  path: pathSchema,
  objections: z.array(z.object({ objectionId: z.string(), at: instantSchema })),
  /** Where the line fell, with what was answered to the right party until then: the script goes on there once the gate is passed anew. */
  resumes: z.object({ stepId: z.string().nullable(), path: pathSchema }).nullable().default(null),
  /** What stands in the fields of a step that is not answered yet, and to whom it was told: shown while the same step and gate stand. */
  typed: z.object({ unitId: z.string(), gate: z.enum(gateStates), values: z.record(z.string(), z.string()) }).nullable().default(null),
});
export type WalkState = z.infer<typeof walkStateSchema>;

/** Reads a kept state; refuses one that this version of the pack cannot go on with. */
export function readWalkState(content: unknown, pack: ScriptPack): Result<WalkState> {
  const parsed = walkStateSchema.safeParse(content);
  const refuse = (problem: string): Result<WalkState> => fail('script-walk-unreadable', 'error.scriptWalkUnreadable', { problem });
  if (!parsed.success) return refuse(parsed.error.issues[0]?.message ?? '');
  const state = parsed.data;
  if (state.packId !== pack.id || state.packVersion !== pack.version) return refuse(`${state.packId} ${state.packVersion}`);
  const { stepId, objectionId } = state;
  const lost = [
    ...(stepId === null || spokenStep(pack, stepId) !== null ? [] : [stepId]),
    ...(objectionId === null || objectionOf(pack, objectionId) !== null ? [] : [objectionId]),
    ...(state.resumes?.stepId == null || spokenStep(pack, state.resumes.stepId) !== null ? [] : [state.resumes.stepId]),
    ...[...state.path, ...(state.resumes?.path ?? [])].filter((entry) => answerOf(pack, entry.stepId, entry.answerId) === null).map((entry) => `${entry.stepId} ${entry.answerId}`),
  ];
  return lost[0] === undefined ? ok(state) : refuse(lost[0]);
}

/** A step that says something, or null. */
export function spokenStep(pack: ScriptPack, stepId: string): SpokenStep | null {
  return pack.steps.filter(isSpoken).find((step) => step.id === stepId) ?? null;
}

/** Whether an objection may be offered and met now: one that speaks of the claim only with the right party on the line. */
export function mayMeet(objection: ScriptObjection, state: Pick<WalkState, 'gate'>): boolean {
  return objection.behindIdentity !== true || state.gate === 'confirmed';
}

export function objectionOf(pack: ScriptPack, objectionId: string): ScriptObjection | null {
  return pack.objections.find((objection) => objection.id === objectionId) ?? null;
}

/** What is on the screen: the objection, else the step; null at the end. */
export function shownUnit(pack: ScriptPack, state: Pick<WalkState, 'stepId' | 'objectionId'>): SpokenStep | ScriptObjection | null {
  if (state.objectionId !== null) return objectionOf(pack, state.objectionId);
  return state.stepId === null ? null : spokenStep(pack, state.stepId);
}

export function answerOf(pack: ScriptPack, unitId: string, answerId: string): ScriptAnswer | null {
  const unit = spokenStep(pack, unitId) ?? objectionOf(pack, unitId);
  return unit === null ? null : answersOf(unit).find((answer) => answer.id === answerId) ?? null;
}

export interface FilledEntry { entry: WalkEntry; field: ScriptField; value: string | number }

/** The newest entry of each field, where it was not left empty. */
export function filledEntries(pack: ScriptPack, state: Pick<WalkState, 'path'>): FilledEntry[] {
  const fields = fieldsOf(pack);
  const newest = new Map(state.path.flatMap(({ entries }) => entries.map((entry) => [entry.fieldId, entry] as const)));
  return [...newest.values()].flatMap((entry): FilledEntry[] => {
    const field = fields.get(entry.fieldId);
    return field === undefined || entry.value === null ? [] : [{ entry, field, value: entry.value }];
  });
}

/** What was answered and captured, as conditions ask for it; the person's own needs are not there. */
export function answeredOf(pack: ScriptPack, state: Pick<WalkState, 'path'>): Pick<Progress, 'answers' | 'captured'> {
  return {
    answers: Object.fromEntries(state.path.map(({ stepId, answerId }) => [stepId, answerId])),
    captured: Object.fromEntries(speakable(pack, state).map(({ field, value }) => [field.id, value])),
  };
}

/** The same with what texts may repeat. */
export function progressOf(pack: ScriptPack, state: Pick<WalkState, 'path'>, context: FieldContext): Progress {
  const spoken = speakable(pack, state).map(({ field, value }) => [`captured.${field.id}`, speakField(field, value, context)] as const);
  return { ...answeredOf(pack, state), spoken: Object.fromEntries(spoken) };
}

function speakable(pack: ScriptPack, state: Pick<WalkState, 'path'>): FilledEntry[] {
  return filledEntries(pack, state).filter(({ field }) => field.restricted !== true);
}
