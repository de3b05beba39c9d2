/**
 * What a walk leaves behind: the body of `script-followed`, and apart from it what the person asked us to remember of their needs.
 *
 * Invariant: restricted fields are never among what was captured, and their need consent that was given and not taken back.
 */
import type { ScriptFollowedBody, SupportNeedBody } from '../facts/conduct-bodies.ts';
import { scriptFollowedBodySchema, supportNeedBodySchema, supportNeeds } from '../facts/conduct-bodies.ts';
import type { ScriptPack } from './script-pack.ts';
import { answerOf, filledEntries, spokenStep } from './walk-state.ts';
import type { WalkState } from './walk-state.ts';

/** As many answers as a fact can hold; nobody gives more. */
const maxPath = 399;

/** The way a call took, for its fact. */
export function scriptFollowed(pack: ScriptPack, state: WalkState): ScriptFollowedBody {
  const path = state.path.slice(-maxPath).map(({ stepId, answerId, at }) => ({ stepId, answerId, at }));
  const shownAt = state.path.at(-1)?.at ?? state.startedAtMs;
  return scriptFollowedBodySchema.parse({
    packId: pack.id, packVersion: pack.version, locale: state.locale,
    path: state.stepId === null ? path : [...path, { stepId: state.stepId, answerId: null, at: shownAt }],
    objections: state.objections.slice(-100),
    disclosures: state.path.flatMap(({ stepId, answerId, at }) => {
      const step = spokenStep(pack, stepId);
      const isRead = answerOf(pack, stepId, answerId)?.read === true;
      return isRead && step?.kind === 'check' && step.checks === 'disclosure' ? [{ disclosureId: step.disclosure, at }] : [];
    }).slice(-50),
    captured: Object.fromEntries(filledEntries(pack, state).filter(({ field }) => field.restricted !== true).map(({ field, value }) => [field.id, value])),
  });
}

/** What the person asked us to remember; null where nothing was asked, or no consent stands. */
export function supportNeedOf(pack: ScriptPack, state: WalkState): SupportNeedBody | null {
  const consent = state.path.map(({ stepId, answerId }) => answerOf(pack, stepId, answerId)?.consent).findLast((given) => given !== undefined);
  if (consent !== 'given') return null;
  const restricted = filledEntries(pack, state).filter(({ field }) => field.restricted === true);
  const needs = restricted.filter(({ field, value }) => field.fills === 'supportNeed' && (supportNeeds as readonly unknown[]).includes(value)).map(({ value }) => value);
  if (needs.length === 0) return null;
  const reviewOn = restricted.find(({ field }) => field.fills === 'supportReviewOn')?.value ?? null;
  return supportNeedBodySchema.parse({ consent: 'given', needs: [...new Set(needs)], reviewOn });
}
