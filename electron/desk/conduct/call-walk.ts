/**
 * The script of the open call: chosen when it begins, moved step by step, shown one step at a time.
 *
 * Invariants: the call finishes on the script it began with, whatever is published meanwhile; where it stands is read from the disk each
 * time, so a desk that died goes on there. Where nothing may be asked for any more (it was paid meanwhile) nothing is shown.
 */
import { z } from 'zod';
import type { CommandRequest, Locale } from '../../../shared/contract/contract.ts';
import type { WalkScreen } from '../../../shared/contract/conduct-channels.ts';
import type { identityResults, ScriptFollowedBody, SupportNeedBody } from '../../../shared/facts/conduct-bodies.ts';
import type { CallId, PartyId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import { chooseScript, stageOf } from '../../../shared/script/choose-script.ts';
import { scriptDirections, scriptPackSchema, scriptRoles, scriptStages } from '../../../shared/script/script-pack.ts';
import { scriptRoleOf } from '../../../shared/script/situation.ts';
import { standardPacks } from '../../../shared/script/standard-packs.ts';
import { summariseClaim } from '../../../shared/script/summarise-claim.ts';
import { scriptFollowed, supportNeedOf } from '../../../shared/script/walk-facts.ts';
import { walkScreen } from '../../../shared/script/walk-screen.ts';
import type { WalkContext } from '../../../shared/script/walk-script.ts';
import * as walking from '../../../shared/script/walk-script.ts';
import type { WalkState } from '../../../shared/script/walk-state.ts';
import { readWalkState } from '../../../shared/script/walk-state.ts';
import type { CaseInBook } from '../projections/case-book.ts';
import type { Session } from '../session.ts';
import type { Sqlite } from '../store/database.ts';
import { publishedScripts } from '../store/house-rules.ts';
import type { OpenCall } from '../store/open-call-store.ts';
import { readCallScript, readDroppedScript } from '../store/open-call-store.ts';

const callScriptSchema = z.object({
  pack: scriptPackSchema,
  /** As it was when the call began: a stage does not change under the speaker. */
  call: z.object({ direction: z.enum(scriptDirections), partyRole: z.enum(scriptRoles), stage: z.enum(scriptStages) }),
  /** Who is rung, where it is not the holder. */
  partyName: z.string().nullable(),
});
type CallScript = z.infer<typeof callScriptSchema>;

type Walking = { script: CallScript; state: WalkState; context: WalkContext };

/** The script for a call that begins now and where it starts; nothing where there is none for this case. */
export function beginWalk(
  session: Session, held: CaseInBook, direction: OpenCall['direction'], partyId: PartyId | null, locale: Locale,
): { script: unknown; walk: unknown } {
  const script = chooseFor(session, held, direction, partyId);
  if (script === null) return { script: null, walk: null };
  const dropped = findDropped(session, held, script);
  if (dropped !== null) {
    const { pack } = dropped.script;
    return { script: dropped.script, walk: walking.resumeWalk(pack, contextOf(session, held, dropped.script), locale, dropped.state, session.clock.nowMs()) };
  }
  return { script, walk: walking.startWalk(script.pack, contextOf(session, held, script), locale, session.clock.nowMs()) };
}

/** The step that stands, in the language asked for. */
export function showWalk(session: Session, held: CaseInBook, call: OpenCall, locale: Locale): WalkScreen | null {
  const now = readWalking(session, held, call);
  return now === null ? null : walkScreen(now.script.pack, walking.changeLocale(now.state, locale), now.context);
}

/** What the gate found, told to the script. */
export function passGate(session: Session, held: CaseInBook, call: OpenCall, result: (typeof identityResults)[number], locale: Locale): unknown {
  const now = readWalking(session, held, call);
  return now === null ? call.walk : walking.checkIdentity(now.script.pack, walking.changeLocale(now.state, locale), result, now.context, session.clock.nowMs());
}

/** One step as the operator took it. */
export function stepWalk(session: Session, held: CaseInBook, call: OpenCall, action: CommandRequest<'walk-script'>['action'], locale: Locale): Result<WalkState> {
  const now = readWalking(session, held, call);
  if (now === null) return fail('script-nothing-to-ask', 'error.scriptNothingToAsk');
  const { script: { pack }, context } = now;
  const state = walking.changeLocale(now.state, locale);
  const nowMs = session.clock.nowMs();
  switch (action.kind) {
    case 'answer': return walking.answerStep(pack, state, action, context, nowMs);
    case 'objection': return walking.meetObjection(pack, state, action.objectionId, nowMs);
    case 'back': return walking.goBack(state);
  }
}

/** Where the call stands, with what is being typed into its step; null: that step stands no more. */
export function typeIntoWalk(db: Sqlite, call: OpenCall, stepId: string, values: Readonly<Record<string, string>>): WalkState | null {
  const kept = readKept(db, call);
  return kept === null ? null : walking.typeIntoStep(kept.script.pack, kept.state, stepId, values);
}

/** What the walk leaves behind when the call closes. */
export function followedScript(db: Sqlite, call: OpenCall): { followed: ScriptFollowedBody; supportNeed: SupportNeedBody | null } | null {
  const kept = readKept(db, call);
  return kept === null ? null : { followed: scriptFollowed(kept.script.pack, kept.state), supportNeed: supportNeedOf(kept.script.pack, kept.state) };
}

/** The script as a call would follow it, read in preparation: answers by their ids, nothing kept. */
export function previewWalk(session: Session, held: CaseInBook, answerIds: readonly string[], locale: Locale): WalkScreen | null {
  const script = chooseFor(session, held, 'outbound', null);
  if (script === null) return null;
  const context = contextOf(session, held, script);
  return walkScreen(script.pack, walking.previewWalk(script.pack, context, locale, answerIds), context);
}

/** Where the call to the same person stood whose line fell a moment ago: the same conversation, on the script it began with. */
function findDropped(session: Session, held: CaseInBook, chosen: CallScript): { script: CallScript; state: WalkState } | null {
  const sinceMs = session.clock.nowMs() - held.view.rules.policy.resumeMinutes * 60_000;
  const kept = readDroppedScript(session.db, held.entity.caseId, sinceMs);
  if (kept === null) return null;
  const script = callScriptSchema.parse(kept.script);
  const state = readWalkState(kept.walk, script.pack);
  const isSame = script.call.direction === chosen.call.direction && script.call.partyRole === chosen.call.partyRole && script.partyName === chosen.partyName;
  return isSame && state.ok ? { script, state: state.value } : null;
}

function chooseFor(session: Session, held: CaseInBook, direction: OpenCall['direction'], partyId: PartyId | null): CallScript | null {
  const { view, entity } = held;
  const party = view.parties.find((one) => one.partyId === partyId) ?? null;
  const call = { direction, partyRole: scriptRoleOf(party?.role ?? null), stage: stageOf(view, view.folded.outcomes, session.siteZone) };
  const pack = chooseScript(standardPacks, view, entity.customer.kind, call, publishedScripts(session.db));
  return pack.ok ? { pack: pack.value, call, partyName: party?.name ?? null } : null;
}

function contextOf(session: Session, held: CaseInBook, { call, partyName }: CallScript): WalkContext {
  return { entity: held.entity, view: held.view, operatorName: session.user.displayName, agencyName: session.agencyName, call, partyName, printedNumber: held.view.rules.conduct.printedNumber };
}

function readWalking(session: Session, held: CaseInBook, call: OpenCall): Walking | null {
  const kept = readKept(session.db, call);
  if (kept === null || summariseClaim(held.view).totalCents === 0) return null;
  return { ...kept, context: contextOf(session, held, kept.script) };
}

/** A script is read and parsed once per call, not once per step. */
const parsed = new WeakMap<Sqlite, { callId: CallId; script: CallScript }>();

function readKept(db: Sqlite, call: OpenCall): Pick<Walking, 'script' | 'state'> | null {
  if (call.walk === null) return null;
  const known = parsed.get(db);
  const script = known?.callId === call.callId ? known.script : callScriptSchema.parse(readCallScript(db, call.callId));
  parsed.set(db, { callId: call.callId, script });
  const state = readWalkState(call.walk, script.pack);
  if (!state.ok) throw new Error(`the open call stands where its script has no place: ${state.error.code}`);
  return { script, state: state.value };
}
