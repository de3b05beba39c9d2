/**
 * The bodies of the facts, by type and version.
 *
 * Invariant: a published version never changes. A new need is a new version with an upcast
 * from the old one; a type this build does not know is kept raw and replayed after an upgrade.
 */
import { z } from 'zod';
import { attachmentIdSchema } from '../id.ts';
import type {
  CallStartedBody, ContactAllowedBody, ContactPermittedBody, IdentityCheckedBody, ScriptFollowedBody, SupportNeedBody,
} from './conduct-bodies.ts';
import {
  callStartedBodySchema, contactAllowedBodySchema, contactPermittedBodySchema, identityCheckedBodySchema, scriptFollowedBodySchema,
  supportNeedBodySchema,
} from './conduct-bodies.ts';
import type { ContactPointBody, PartyBody, PreferencesBody } from './contact-bodies.ts';
import { contactPointBodySchema, partyBodySchema, preferencesBodySchema } from './contact-bodies.ts';
import type { AssignmentBody, AuditBody, FlagSettledBody, ResumptionBody, SuspensionBody } from './decision-bodies.ts';
import {
  assignmentBodySchema, auditBodySchema, flagSettledBodySchema, resumptionBodySchema, suspensionBodySchema,
} from './decision-bodies.ts';
import type { CorrectionBody, OutcomeBody } from './outcome-body.ts';
import {
  correctionBodySchema, correctionBodySchemaV1, correctionBodySchemaV2, outcomeBodySchema, outcomeBodySchemaV1, outcomeBodySchemaV2,
  upcastCorrectionV1, upcastCorrectionV2, upcastOutcomeV1, upcastOutcomeV2,
} from './outcome-body.ts';
import type {
  AgreementCancelledBody, DisputeClosedBody, DisputeMovedBody, PaymentRecordedBody, PaymentReversedBody, PlanAcceptedBody, PlanBrokenBody, SettlementDecidedBody,
} from './agreement-bodies.ts';
import {
  agreementCancelledBodySchema, disputeClosedBodySchema, disputeMovedBodySchema, paymentRecordedBodySchema, paymentReversedBodySchema,
  planAcceptedBodySchema, planBrokenBodySchema, settlementDecidedBodySchema,
} from './agreement-bodies.ts';
import type { MailRequestedBody } from './mail-bodies.ts';
import { mailRequestedBodySchema } from './mail-bodies.ts';
import type { MessageSentBody } from './message-bodies.ts';
import { messageSentBodySchema } from './message-bodies.ts';
import type { PrioritySetBody } from './priority-bodies.ts';
import { prioritySetBodySchema } from './priority-bodies.ts';
import type { CallRecordedBody, RecordingAnsweredBody } from './recording-bodies.ts';
import { callRecordedBodySchema, recordingAnsweredBodySchema } from './recording-bodies.ts';
import type { ContactClosedBody, ContactMatchedBody, ContactNotedBody } from './contact-task-bodies.ts';
import { contactClosedBodySchema, contactMatchedBodySchema, contactNotedBodySchema } from './contact-task-bodies.ts';
import type { CallEndedBody, CallMovedBody } from './telephone-bodies.ts';
import { callEndedBodySchema, callEndedBodySchemaV1, callMovedBodySchema, upcastCallEnded } from './telephone-bodies.ts';

const noteSchema = z.string().max(4000);

export const noteBodySchema = z.object({ text: noteSchema.min(1) });
export type NoteBody = z.infer<typeof noteBodySchema>;

/** 20 MiB: under data, like the rest of a published version. */
const MAX_ATTACHED_BYTES = 20 * 1024 * 1024;

/** What was attached; the bytes travel apart (`attachment-protocol.ts`) and are known by this fact. */
export const attachmentBodySchema = z.object({
  /** Names the sealed blob on the desk that made it. */
  attachmentId: attachmentIdSchema,
  fileName: z.string().min(1).max(200),
  mediaType: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/).max(100),
  sizeBytes: z.int().positive().max(MAX_ATTACHED_BYTES),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  note: noteSchema.nullable(),
});
export type AttachmentBody = z.infer<typeof attachmentBodySchema>;

/** A fact's body as this build understands it; `unknown` is kept, shown as such and has no effect. */
export type KnownBody =
  | { type: 'outcome-recorded'; body: OutcomeBody }
  | { type: 'outcome-corrected'; body: CorrectionBody }
  | { type: 'note-added'; body: NoteBody }
  | { type: 'attachment-added'; body: AttachmentBody }
  | { type: 'party-saved'; body: PartyBody }
  | { type: 'contact-point-saved'; body: ContactPointBody }
  | { type: 'preferences-saved'; body: PreferencesBody }
  | { type: 'activity-suspended'; body: SuspensionBody }
  | { type: 'activity-resumed'; body: ResumptionBody }
  | { type: 'outcome-audited'; body: AuditBody }
  | { type: 'flag-settled'; body: FlagSettledBody }
  | { type: 'customer-assigned'; body: AssignmentBody }
  | { type: 'contact-permitted'; body: ContactPermittedBody }
  | { type: 'call-started'; body: CallStartedBody }
  | { type: 'call-ended'; body: CallEndedBody }
  | { type: 'call-moved'; body: CallMovedBody }
  | { type: 'identity-checked'; body: IdentityCheckedBody }
  | { type: 'script-followed'; body: ScriptFollowedBody }
  | { type: 'contact-allowed'; body: ContactAllowedBody }
  | { type: 'support-need-saved'; body: SupportNeedBody }
  | { type: 'plan-accepted'; body: PlanAcceptedBody }
  | { type: 'agreement-cancelled'; body: AgreementCancelledBody }
  | { type: 'plan-broken'; body: PlanBrokenBody }
  | { type: 'dispute-moved'; body: DisputeMovedBody }
  | { type: 'dispute-closed'; body: DisputeClosedBody }
  | { type: 'settlement-decided'; body: SettlementDecidedBody }
  | { type: 'payment-recorded'; body: PaymentRecordedBody }
  | { type: 'payment-reversed'; body: PaymentReversedBody }
  | { type: 'recording-answered'; body: RecordingAnsweredBody }
  | { type: 'call-recorded'; body: CallRecordedBody }
  | { type: 'mail-requested'; body: MailRequestedBody }
  | { type: 'message-sent'; body: MessageSentBody }
  | { type: 'contact-noted'; body: ContactNotedBody }
  | { type: 'contact-matched'; body: ContactMatchedBody }
  | { type: 'contact-closed'; body: ContactClosedBody }
  | { type: 'priority-set'; body: PrioritySetBody }
  | { type: 'unknown' };

/** Newest version of each type that this build writes. */
export const factVersions = {
  'outcome-recorded': 3, 'outcome-corrected': 3, 'note-added': 1, 'attachment-added': 1, 'party-saved': 1, 'contact-point-saved': 1,
  'preferences-saved': 1, 'activity-suspended': 1, 'activity-resumed': 1, 'outcome-audited': 1, 'flag-settled': 1, 'customer-assigned': 1,
  'contact-permitted': 1, 'call-started': 1, 'call-ended': 2, 'call-moved': 1, 'identity-checked': 1, 'script-followed': 1, 'contact-allowed': 1, 'support-need-saved': 1,
  'plan-accepted': 1, 'agreement-cancelled': 1, 'plan-broken': 1, 'dispute-moved': 1, 'dispute-closed': 1, 'settlement-decided': 1, 'payment-recorded': 1,
  'payment-reversed': 1,
  'recording-answered': 1, 'call-recorded': 1, 'message-sent': 1, 'mail-requested': 1, 'contact-noted': 1, 'contact-matched': 1, 'contact-closed': 1, 'priority-set': 1,
} as const;
export type FactType = keyof typeof factVersions;

/** A body is read by flags, effects, fold and views in turn, and is never changed: each object is parsed once. */
const readBefore = new WeakMap<object, { type: string; version: number; known: KnownBody }>();

/** Reads a body of any version: upcasts old ones, answers `unknown` for what is newer or malformed. */
export function readBody(type: string, version: number, body: unknown): KnownBody {
  if (typeof body !== 'object' || body === null) return { type: 'unknown' };
  const before = readBefore.get(body);
  if (before?.type === type && before.version === version) return before.known;
  const known = parseBody(type, version, body);
  readBefore.set(body, { type, version, known });
  return known;
}

function parseBody(type: string, version: number, body: object): KnownBody {
  switch (`${type}@${String(version)}`) {
    case 'outcome-recorded@1':
      return readAs(outcomeBodySchemaV1, body, (parsed) => ({ type: 'outcome-recorded', body: upcastOutcomeV1(parsed) }));
    case 'outcome-recorded@2':
      return readAs(outcomeBodySchemaV2, body, (parsed) => ({ type: 'outcome-recorded', body: upcastOutcomeV2(parsed) }));
    case 'outcome-recorded@3':
      return readAs(outcomeBodySchema, body, (parsed) => ({ type: 'outcome-recorded', body: parsed }));
    case 'outcome-corrected@1':
      return readAs(correctionBodySchemaV1, body, (parsed) => ({ type: 'outcome-corrected', body: upcastCorrectionV1(parsed) }));
    case 'outcome-corrected@2':
      return readAs(correctionBodySchemaV2, body, (parsed) => ({ type: 'outcome-corrected', body: upcastCorrectionV2(parsed) }));
    case 'outcome-corrected@3':
      return readAs(correctionBodySchema, body, (parsed) => ({ type: 'outcome-corrected', body: parsed }));
    case 'note-added@1':
      return readAs(noteBodySchema, body, (parsed) => ({ type: 'note-added', body: parsed }));
    case 'attachment-added@1':
      return readAs(attachmentBodySchema, body, (parsed) => ({ type: 'attachment-added', body: parsed }));
    case 'party-saved@1':
      return readAs(partyBodySchema, body, (parsed) => ({ type: 'party-saved', body: parsed }));
    case 'contact-point-saved@1':
      return readAs(contactPointBodySchema, body, (parsed) => ({ type: 'contact-point-saved', body: parsed }));
    case 'preferences-saved@1':
      return readAs(preferencesBodySchema, body, (parsed) => ({ type: 'preferences-saved', body: parsed }));
    case 'activity-suspended@1':
      return readAs(suspensionBodySchema, body, (parsed) => ({ type: 'activity-suspended', body: parsed }));
    case 'activity-resumed@1':
      return readAs(resumptionBodySchema, body, (parsed) => ({ type: 'activity-resumed', body: parsed }));
    case 'outcome-audited@1':
      return readAs(auditBodySchema, body, (parsed) => ({ type: 'outcome-audited', body: parsed }));
    case 'flag-settled@1':
      return readAs(flagSettledBodySchema, body, (parsed) => ({ type: 'flag-settled', body: parsed }));
    case 'customer-assigned@1':
      return readAs(assignmentBodySchema, body, (parsed) => ({ type: 'customer-assigned', body: parsed }));
    case 'contact-permitted@1':
      return readAs(contactPermittedBodySchema, body, (parsed) => ({ type: 'contact-permitted', body: parsed }));
    case 'call-started@1':
      return readAs(callStartedBodySchema, body, (parsed) => ({ type: 'call-started', body: parsed }));
    case 'call-ended@1':
      return readAs(callEndedBodySchemaV1, body, (parsed) => ({ type: 'call-ended', body: upcastCallEnded(parsed) }));
    case 'call-ended@2':
      return readAs(callEndedBodySchema, body, (parsed) => ({ type: 'call-ended', body: parsed }));
    case 'call-moved@1':
      return readAs(callMovedBodySchema, body, (parsed) => ({ type: 'call-moved', body: parsed }));
    case 'identity-checked@1':
      return readAs(identityCheckedBodySchema, body, (parsed) => ({ type: 'identity-checked', body: parsed }));
    case 'script-followed@1':
      return readAs(scriptFollowedBodySchema, body, (parsed) => ({ type: 'script-followed', body: parsed }));
    case 'contact-allowed@1':
      return readAs(contactAllowedBodySchema, body, (parsed) => ({ type: 'contact-allowed', body: parsed }));
    case 'support-need-saved@1':
      return readAs(supportNeedBodySchema, body, (parsed) => ({ type: 'support-need-saved', body: parsed }));
    case 'plan-accepted@1':
      return readAs(planAcceptedBodySchema, body, (parsed) => ({ type: 'plan-accepted', body: parsed }));
    case 'agreement-cancelled@1':
      return readAs(agreementCancelledBodySchema, body, (parsed) => ({ type: 'agreement-cancelled', body: parsed }));
    case 'plan-broken@1':
      return readAs(planBrokenBodySchema, body, (parsed) => ({ type: 'plan-broken', body: parsed }));
    case 'dispute-moved@1':
      return readAs(disputeMovedBodySchema, body, (parsed) => ({ type: 'dispute-moved', body: parsed }));
    case 'dispute-closed@1':
      return readAs(disputeClosedBodySchema, body, (parsed) => ({ type: 'dispute-closed', body: parsed }));
    case 'settlement-decided@1':
      return readAs(settlementDecidedBodySchema, body, (parsed) => ({ type: 'settlement-decided', body: parsed }));
    case 'payment-recorded@1':
      return readAs(paymentRecordedBodySchema, body, (parsed) => ({ type: 'payment-recorded', body: parsed }));
    case 'payment-reversed@1':
      return readAs(paymentReversedBodySchema, body, (parsed) => ({ type: 'payment-reversed', body: parsed }));
    case 'recording-answered@1':
      return readAs(recordingAnsweredBodySchema, body, (parsed) => ({ type: 'recording-answered', body: parsed }));
    case 'call-recorded@1':
      return readAs(callRecordedBodySchema, body, (parsed) => ({ type: 'call-recorded', body: parsed }));
    case 'mail-requested@1':
      return readAs(mailRequestedBodySchema, body, (parsed) => ({ type: 'mail-requested', body: parsed }));
    case 'message-sent@1':
      return readAs(messageSentBodySchema, body, (parsed) => ({ type: 'message-sent', body: parsed }));
    case 'contact-noted@1':
      return readAs(contactNotedBodySchema, body, (parsed) => ({ type: 'contact-noted', body: parsed }));
    case 'contact-matched@1':
      return readAs(contactMatchedBodySchema, body, (parsed) => ({ type: 'contact-matched', body: parsed }));
    case 'contact-closed@1':
      return readAs(contactClosedBodySchema, body, (parsed) => ({ type: 'contact-closed', body: parsed }));
    case 'priority-set@1':
      return readAs(prioritySetBodySchema, body, (parsed) => ({ type: 'priority-set', body: parsed }));
    default:
      return { type: 'unknown' };
  }
}

function readAs<T>(schema: z.ZodType<T>, body: unknown, wrap: (parsed: T) => KnownBody): KnownBody {
  const parsed = schema.safeParse(body);
  return parsed.success ? wrap(parsed.data) : { type: 'unknown' };
}
