/** One command of an operator, through the command's own function. */
import { addNote } from '../../electron/desk/commands/add-note.ts';
import { attachFile } from '../../electron/desk/commands/attach-file.ts';
import { commitOnce } from '../../electron/desk/commands/commit-once.ts';
import { correctOutcome } from '../../electron/desk/commands/correct-outcome.ts';
import { recordOutcome } from '../../electron/desk/commands/record-outcome.ts';
import { saveDraft } from '../../electron/desk/commands/save-draft.ts';
import type { CaseInBook } from '../../electron/desk/projections/case-book.ts';
import type { Session } from '../../electron/desk/session.ts';
import { viewContext } from '../../electron/desk/session.ts';
import { appendFact } from '../../electron/desk/store/fact-store.ts';
import { emptyDraft } from '../../shared/testing/empty-draft.ts';
import type { OutcomeForm } from '../../shared/contract/outcome-form.ts';
import type { CaseId, CommandId, FactId } from '../../shared/id.ts';
import { caseIdSchema, newId } from '../../shared/id.ts';
import type { Result } from '../../shared/result.ts';
import { ok } from '../../shared/result.ts';
import { plainForm, promiseForm } from '../../shared/testing/outcome-forms.ts';
import type { DeskRig } from './desk-rig.ts';
import { ZONE } from './desk-rig.ts';
import type { CommandKind } from './schedule.ts';

export interface PreparedCommand {
  caseId: CaseId;
  /** Removes the draft of the case when it succeeds. */
  isOutcome: boolean;
  send(session: Session): Result<{ factId: FactId }>;
}

/** Null when there is nothing it could be about. A draft is saved at once: it is no fact. */
export function prepareCommand(desk: DeskRig, kind: CommandKind, place: number): PreparedCommand | null {
  const held = heldCase(desk.session, place);
  if (held === null) return null;
  const { caseId } = held.entity;
  const commandId = newId<CommandId>();
  const common = { commandId, caseId, locale: 'it' as const, basedOn: { caseRevision: held.revision, scriptVersion: null } };
  const outcome = (form: OutcomeForm): PreparedCommand => ({ caseId, isOutcome: true, send: (session) => recordOutcome(session, { ...common, form, goesOn: false }) });
  const correction = (form: OutcomeForm | null): PreparedCommand | null => {
    const targetFactId = ownOutcome(desk, held, place);
    if (targetFactId === null) return null;
    return { caseId, isOutcome: false, send: (session) => correctOutcome(session, { ...common, targetFactId, form, reason: 'mi sono sbagliato' }) };
  };
  const amountText = ['1,00', '2,50', '40,00', ''][place % 4] ?? '';
  switch (kind) {
    case 'promise':
      return outcome(promiseForm({ amountText }));
    case 'dispute':
      return outcome(plainForm('DSP', { amountText, disputeReason: 'price', disputeInvoiceId: held.entity.invoices[0]?.invoiceId ?? null }));
    case 'callback':
      return outcome(plainForm('CBK', { dateText: 'mer 15:30', callbackAudience: place % 2 === 0 ? 'anyone' : 'only-me' }));
    case 'no-answer':
      return outcome(plainForm(place % 2 === 0 ? 'NA' : 'LB'));
    case 'right-party':
      return outcome(plainForm('RPC'));
    case 'note':
      return { caseId, isOutcome: false, send: (session) => addNote(session, { ...common, text: `nota ${commandId}` }) };
    case 'correct':
      return correction(plainForm('RPC', { note: 'in realtà ha risposto' }));
    case 'annul':
      return correction(null);
    case 'draft':
      keepDraft(desk, caseId, commandId);
      return null;
    case 'future-fact':
      return { caseId, isOutcome: false, send: (session) => appendFutureFact(session, held, commandId, place) };
  }
}

/** Attaches a file to a held case; null when there is none. */
export async function attachTo(desk: DeskRig, place: number, bytes: Uint8Array<ArrayBuffer>): Promise<Result<{ factId: FactId }> | null> {
  const held = heldCase(desk.session, place);
  if (held === null) return null;
  return attachFile(desk.session, {
    commandId: newId<CommandId>(), caseId: held.entity.caseId, fileName: 'contratto.pdf', mediaType: 'application/pdf', note: '', bytes,
    basedOn: { caseRevision: held.revision, scriptVersion: null },
  });
}

export function heldCaseIds(session: Session): CaseId[] {
  return session.db.prepare<[], { id: string }>(`SELECT id FROM entities WHERE kind = 'case' ORDER BY id`).all()
    .map((row) => caseIdSchema.parse(row.id));
}

function heldCase(session: Session, place: number): CaseInBook | null {
  const ids = heldCaseIds(session);
  const caseId = ids[place % Math.max(1, ids.length)];
  return caseId === undefined ? null : session.book.get(caseId, viewContext(session));
}

function ownOutcome(desk: DeskRig, held: CaseInBook, place: number): FactId | null {
  const mine = held.view.folded.history.filter((entry) => entry.kind === 'outcome' && entry.actor === desk.setup.person.user.userId && entry.status !== 'annulled');
  return mine[place % Math.max(1, mine.length)]?.factId ?? null;
}

function keepDraft(desk: DeskRig, caseId: CaseId, commandId: CommandId): void {
  const note = `bozza ${commandId}`;
  const saved = saveDraft(desk.session, { commandId, caseId, draft: { ...emptyDraft, note } });
  if (!saved.ok) throw new Error(saved.error.code);
  desk.kept.drafts.set(caseId, note);
}

/** What a desk of a later version would write: a newer version of a known type, or a type of its own, with new header fields. */
function appendFutureFact(session: Session, held: CaseInBook, commandId: CommandId, place: number): Result<{ factId: FactId }> {
  const done = commitOnce(session, { commandId, name: 'future-fact' }, () => {
    const fact = appendFact(session.db, {
      id: newId<FactId>(), ...(place % 2 === 0 ? { type: 'note-added', version: 2 } : { type: 'visit-planned', version: 1 }),
      caseId: held.entity.caseId, customerId: held.entity.customerId, at: session.clock.nowMs(), zone: ZONE, actor: session.user.userId,
      basedOn: { caseRevision: held.revision, scriptVersion: null, policyVersion: null, mood: 'calm' }, weather: { rain: [1, null, 'è'] },
    }, futureBody(commandId));
    session.book.placeAgain(held.entity.caseId, viewContext(session));
    return ok({ factId: fact.header.id });
  });
  return done.ok ? ok(done.value.reply) : done;
}

export function futureBody(mark: string): { lines: string[]; deep: { list: (number | null)[] } } {
  return { lines: [`dal futuro ${mark}`], deep: { list: [1, null, 2.5] } };
}
