/**
 * Who does what now, who asks for help, who listens: told from memory to memory, kept nowhere (ADR 0028).
 *
 *   PUT    /v1/floor/state                     a desk says what its operator does; 403 `not-agreed` without an agreement on `named-states`
 *   PUT    /v1/floor/help                      asks for help in a call, or takes that back
 *   POST   /v1/floor/help/:userId/answer       a lead comes
 *   POST   /v1/floor/listening                 a lead wants to listen: answered with the number to dial once the operator's screen says so
 *   POST   /v1/floor/listening/:listeningId/told   the operator's screen says so
 *   DELETE /v1/floor/listening/:listeningId    it is over, by either
 *   POST   /v1/floor/people/:userId/release    a lead asks to let somebody out of a wrap-up that is over its time; answered with what the operator's desk did
 *   POST   /v1/floor/releases/:releaseId/answer   that desk has decided
 *
 *   events: `own` to everybody's own desk and `helps` to leads (`GET /v1/live`); `people` to leads who watch the board (`GET /v1/board/live`)
 *
 * Invariants: each event is the whole of what it tells; no instant is in any of them, only for how long; nothing of it is a fact, a row, a
 * line of a log or an export. States, what follows from them, and listening need the agreement's scope on the day; help names whoever asks for it.
 */
import { z } from 'zod';
import { shownAgentStates } from '../agent/agent-state.ts';
import { userIdSchema } from '../id.ts';
import { dialNumberSchema } from '../telephone/dial-target.ts';

const LONGEST_MS = 24 * 3_600_000;
const forMsSchema = z.int().nonnegative().max(LONGEST_MS);

export const listeningIdSchema = z.uuid().brand<'ListeningId'>();
export type ListeningId = z.infer<typeof listeningIdSchema>;

/** Silent; heard by the operator only; heard by both. */
export const listeningWays = ['listen', 'whisper', 'barge'] as const;
export type ListeningWay = (typeof listeningWays)[number];

export const releaseIdSchema = z.uuid().brand<'ReleaseId'>();
export type ReleaseId = z.infer<typeof releaseIdSchema>;

/** Done: the call waits beside, and the operator stands at office work. Everything else: nothing was done, and why. `gone` is said by the hub. */
export const releaseDecisions = ['done', 'still-talking', 'just-typing', 'not-covered', 'nothing-to-release', 'too-many-waiting'] as const;
export type ReleaseDecision = (typeof releaseDecisions)[number];
export const releaseAnswers = [...releaseDecisions, 'gone'] as const;
export const releaseReasonSchema = z.string().trim().min(3).max(200);
export const releaseAskSchema = z.object({ reason: releaseReasonSchema });
export const releaseReplySchema = z.object({ answer: z.enum(releaseAnswers) });
export const releaseDecidedSchema = z.object({ answer: z.enum(releaseDecisions) });

/** `isOver`: a wrap-up beyond its time, as the operator extended it. */
export const ownStateSchema = z.object({ state: z.enum(shownAgentStates), forMs: forMsSchema, isOver: z.boolean().default(false) });
export type OwnState = z.infer<typeof ownStateSchema>;
export const askHelpSchema = z.object({ isRaised: z.boolean() });
/** With an id: a listening that goes on, said again to a hub that has just started. */
export const listeningAskSchema = z.object({ userId: userIdSchema, how: z.enum(listeningWays), listeningId: listeningIdSchema.optional() });
export const listeningReplySchema = z.object({ listeningId: listeningIdSchema, number: dialNumberSchema });

/** Data of an event `own`. */
export const ownFloorSchema = z.object({
  /** Null: none is asked for; `comingName`: the lead who comes. */
  help: z.object({ comingName: z.string().nullable() }).nullable(),
  listeners: z.array(z.object({ listeningId: listeningIdSchema, byName: z.string(), how: z.enum(listeningWays) })),
  /** A lead asks to be let out of the wrap-up: this person's desk decides; null: none is asked, or a hub of before. */
  release: z.object({ releaseId: releaseIdSchema, byName: z.string(), reason: z.string() }).nullable().default(null),
});
export type OwnFloor = z.infer<typeof ownFloorSchema>;
export const quietFloor: OwnFloor = { help: null, listeners: [], release: null };

/** Data of an event `helps`: who asked first stands first. */
export const helpsSchema = z.object({ helps: z.array(z.object({ userId: userIdSchema, displayName: z.string(), comingName: z.string().nullable() })) });
export type Helps = z.infer<typeof helpsSchema>['helps'];

/** Data of an event `people`; null: no agreement covers it today. */
export const floorPeopleSchema = z.object({ people: z.array(z.object({ userId: userIdSchema, displayName: z.string(), state: z.enum(shownAgentStates), forMs: forMsSchema, isOver: z.boolean().default(false) })).nullable() });
export type FloorPeople = z.infer<typeof floorPeopleSchema>['people'];
