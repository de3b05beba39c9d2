/**
 * A damaged desk with a call in front and one that waits: both are there afterwards, and what is told of each is one contact.
 *
 * The damage is real: bytes of named pages are changed on the disk, so the cipher refuses the page. Controls: a whole store is not touched; with the
 * facts of a call gone as well, nothing is made up.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CaseEntity } from '../../../shared/case/case-entity.ts';
import { draftSchema } from '../../../shared/contract/screens.ts';
import type { SalvageNotice } from '../../../shared/contract/salvage-notice.ts';
import type { AttachmentId, CallId, CommandId, CustomerId, FactId } from '../../../shared/id.ts';
import { newId, newRandomHex } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { practiceTelephone } from '../../../shared/telephone/practice-account.ts';
import { emptyDraft } from '../../../shared/testing/empty-draft.ts';
import { plainForm } from '../../../shared/testing/outcome-forms.ts';
import { createRandom } from '../../../shared/testing/random.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../../../shared/testing/sample-case.ts';
import type { CallDesk } from '../../../tests/support/call-desk.ts';
import { openCallDesk } from '../../../tests/support/call-desk.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { appendCaseFact } from '../commands/append-case-fact.ts';
import { checkIdentity } from '../commands/check-identity.ts';
import { putAsideCall } from '../commands/put-aside-call.ts';
import { recordOutcome } from '../commands/record-outcome.ts';
import { saveDraft } from '../commands/save-draft.ts';
import { startCall } from '../commands/start-call.ts';
import { closeInterruptedCalls } from '../conduct/end-call.ts';
import { CaseBook } from '../projections/case-book.ts';
import { showCall } from '../queries/show-call.ts';
import { showCase } from '../queries/show-case.ts';
import type { Session } from '../session.ts';
import { appendCallFacts } from '../telephone/append-call-facts.ts';
import { noTelephone } from '../telephone/desk-telephone.ts';
import type { OpenOptions, Sqlite } from './database.ts';
import { readUnsentFacts, writeAckedSeq } from './fact-store.ts';
import { readOpenCall, readWaitingCalls } from './open-call-store.ts';
import type { Recording } from './recording-store.ts';
import { readRecording, writeRecording } from './recording-store.ts';
import { openOrSalvage, readSalvageNotice } from './salvage-store.ts';
import type { TelephoneCall } from './telephone-call-store.ts';
import { readTelephoneCall, readUnclaimedCalls, writeTelephoneCall } from './telephone-call-store.ts';
import { writeWitness } from './witness.ts';

const PAGE_BYTES = 4096;
const basedOn = { caseRevision: 1, scriptVersion: null };
const locale = 'it' as const;
const commandId = (): CommandId => newId<CommandId>();
const valueOf = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error.details)}`);
  return result.value;
};

interface Planted extends CallDesk { front: CaseEntity; waiting: CaseEntity; frontId: CallId; waitingId: CallId }

function hold(desk: CallDesk, name: string): CaseEntity {
  const entity = sampleCase([sampleInvoice('F-1', 20, 10_000)], { customerId: newId<CustomerId>() });
  return desk.hold({ ...entity, customer: { ...entity.customer, name } });
}

function start({ session }: CallDesk, { caseId, numbers }: CaseEntity, line: 'by-hand' | 'softphone' = 'by-hand'): CallId {
  const withLine = { ...session, telephone: { ...noTelephone, own: () => practiceTelephone } };
  return valueOf(startCall(withLine, { commandId: commandId(), caseId, direction: 'outbound', pointId: numbers[0]?.numberId ?? null, locale, basedOn, line, callId: null })).call.callId;
}

const lineOf = ({ clock }: CallDesk, callId: CallId, parts: Partial<TelephoneCall>): TelephoneCall => ({
  callId, caseId: null, customerId: null, begunAtMs: clock.at, endedAtMs: null, direction: 'outbound', isInternal: false, permitFactId: null, policyVersion: null, basedOn, caller: null,
  lastNumber: 1, rangAtMs: clock.at, answeredAtMs: null, isSoundLost: false, state: null, transferTo: null, end: null, waiting: [], isTold: true, ...parts,
});

/** One call waits for its outcome; a minute later another is in front, its right party known; text is begun in both. */
function plant(): Planted {
  const desk = openCallDesk();
  const { session, clock } = desk;
  const [waiting, front] = [hold(desk, 'Che aspetta'), hold(desk, 'Davanti')];
  const waitingId = start(desk, waiting, 'softphone');
  const line = lineOf(desk, waitingId, { caseId: waiting.caseId, customerId: waiting.customerId, endedAtMs: clock.at, end: { cause: 'no-answer', by: 'network', sipStatus: null, q850: null } });
  writeTelephoneCall(session.db, line);
  appendCallFacts(session, line, [{ type: 'call-ended', at: clock.at, body: {
    cause: 'no-answer', by: 'network', sipStatus: null, q850: null, ringSeconds: 20, talkSeconds: null, quality: null, isDropped: false, number: 3, permitFactId: null,
  } }]);
  valueOf(putAsideCall(session, { commandId: commandId(), callId: waitingId, locale }));
  clock.at += 60_000;
  const frontId = start(desk, front);
  valueOf(checkIdentity(session, { commandId: commandId(), callId: frontId, result: 'confirmed', method: 'customer-code', partyId: null, locale }));
  for (const { caseId, customer } of [waiting, front]) saveDraft(session, { commandId: commandId(), caseId, draft: draftSchema.parse({ ...emptyDraft, note: `di ${customer.name}` }) });
  return { ...desk, front, waiting, frontId, waitingId };
}

/** The pages of a table, its overflow and its indexes. */
function pagesOf(db: Sqlite, table: string): number[] {
  return db.prepare<[string], { pageno: number }>('SELECT pageno FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name = ?)').all(table).map(({ pageno }) => pageno);
}

/** As a kill leaves it, with everything in the file, and these tables destroyed. */
function destroy({ session: { db }, options }: CallDesk, tables: readonly string[]): OpenOptions {
  db.pragma('wal_checkpoint(TRUNCATE)');
  writeWitness(db, options.path);
  return spoil(options, (bytes) => {
    for (const page of tables.flatMap((table) => pagesOf(db, table))) flip(bytes, (page - 1) * PAGE_BYTES + 2_000);
  }, 'desk.db');
}

function spoil(options: OpenOptions, change: (bytes: Buffer) => void, name: 'desk.db' | 'desk.db-wal'): OpenOptions {
  const folder = temporaryFolder();
  cpSync(dirname(options.path), folder, { recursive: true });
  const bytes = readFileSync(`${folder}/${name}`);
  change(bytes);
  writeFileSync(`${folder}/${name}`, bytes);
  return { ...options, path: `${folder}/desk.db` };
}

function flip(bytes: Buffer, at: number): void {
  bytes.writeUInt8(bytes.readUInt8(at) ^ 4, at);
}

interface Salvaged { desk: CallDesk; notice: SalvageNotice }

/** The next desk, as its session begins. */
function next(before: CallDesk, options: OpenOptions): Salvaged {
  const { db } = valueOf(openOrSalvage(options, before.clock));
  onTestFinished(() => void db.close());
  const session: Session = { ...before.session, db, book: new CaseBook(db) };
  closeInterruptedCalls(session);
  const notice = readSalvageNotice(db);
  if (notice === null) throw new Error('nothing was salvaged');
  return { desk: { ...before, session, options }, notice };
}

const kindsOf = ({ lost }: SalvageNotice): string[] => lost.map(({ kind, customerName }) => `${kind} ${String(customerName)}`);
const noteOf = ({ session }: CallDesk, { caseId }: CaseEntity): string | undefined => valueOf(showCase(session, { caseId })).draft?.note;

/** Tells the outcome of its call; of the case's contacts the ids, the policies and what was said of each. */
function tell({ session }: CallDesk, { caseId, numbers }: CaseEntity): { ids: string[]; policies: number; types: string[] } {
  const form = plainForm('NA', { channel: 'phone-outbound', numberId: numbers[0]?.numberId ?? null });
  valueOf(recordOutcome(session, { commandId: commandId(), caseId, locale, basedOn, form, goesOn: false }));
  const facts = readUnsentFacts(session.db, 0, 1_000).filter(({ header }) => header.caseId === caseId);
  return {
    ids: [...new Set(facts.flatMap(({ header }) => header.callId ?? []))], types: facts.map(({ header }) => header.type),
    policies: new Set(facts.filter(({ header }) => header.type !== 'call-ended').map(({ header }) => header.basedOn.policyVersion)).size,
  };
}

describe('a call in a store that is salvaged', () => {
  it('stays where it was, with its place in the script and what was typed: damage elsewhere', () => {
    const planted = plant();
    const before = showCall(planted.session, { locale });
    const { desk, notice } = next(planted, destroy(planted, ['command_log']));
    expect(showCall(desk.session, { locale })).toEqual(before);
    expect([before.call?.callId, before.waiting.map(({ callId }) => callId), before.call?.walk == null]).toEqual([planted.frontId, [planted.waitingId], false]);
    expect([noteOf(desk, planted.front), noteOf(desk, planted.waiting)]).toEqual(['di Davanti', 'di Che aspetta']);
    expect(notice).toMatchObject({ lost: [], perhapsLost: [] });
    expect(tell(desk, planted.front)).toMatchObject({ ids: [planted.frontId], policies: 1, types: ['contact-permitted', 'call-started', 'identity-checked', 'script-followed', 'outcome-recorded'] });
    expect(tell(desk, planted.waiting)).toMatchObject({ ids: [planted.waitingId], policies: 1, types: ['contact-permitted', 'call-started', 'call-ended', 'script-followed', 'outcome-recorded'] });
    expect(showCall(desk.session, { locale })).toEqual({ call: null, waiting: [] });
  });

  it('is opened again from its facts where its own page is destroyed; the notice says what it lost', () => {
    const planted = plant();
    const { desk, notice } = next(planted, destroy(planted, ['open_calls']));
    expect(kindsOf(notice).toSorted()).toEqual(['call-script Che aspetta', 'call-script Davanti']);
    expect(readOpenCall(desk.session.db)).toMatchObject({ callId: planted.frontId, gate: { state: 'confirmed', method: 'customer-code' }, walk: null, direction: 'outbound', pointId: planted.front.numbers[0]?.numberId });
    expect(showCall(desk.session, { locale })).toMatchObject({ call: { callId: planted.frontId, walk: null }, waiting: [{ callId: planted.waitingId }] });
    expect(noteOf(desk, planted.waiting)).toBe('di Che aspetta');
    for (const [entity, callId] of [[planted.front, planted.frontId], [planted.waiting, planted.waitingId]] as const) {
      const told = tell(desk, entity);
      expect(told).toMatchObject({ ids: [callId], policies: 1 });
      expect(told.types.filter((type) => ['contact-permitted', 'call-started', 'outcome-recorded'].includes(type))).toHaveLength(3);
    }
  });

  it('keeps its outcome to come where its script is destroyed', () => {
    const planted = plant();
    const { desk, notice } = next(planted, destroy(planted, ['call_scripts']));
    expect(kindsOf(notice).toSorted()).toEqual(['call-script Che aspetta', 'call-script Davanti']);
    expect(showCall(desk.session, { locale })).toMatchObject({ call: { callId: planted.frontId, walk: null }, waiting: [{ callId: planted.waitingId }] });
    expect(tell(desk, planted.front).ids).toEqual([planted.frontId]);
  });

  it('knows from its facts that its line ended, where the telephone’s rows are destroyed', () => {
    const planted = plant();
    const { desk, notice } = next(planted, destroy(planted, ['telephone_calls', 'drafts']));
    expect(notice).toMatchObject({ lost: [], perhapsLost: ['drafts', 'telephone_calls'] });
    expect(noteOf(desk, planted.front)).toBeUndefined();
    expect(showCall(desk.session, { locale }).waiting.map(({ callId }) => callId)).toEqual([planted.waitingId]);
    expect(readTelephoneCall(desk.session.db, planted.waitingId)).toMatchObject({ endedAtMs: planted.clock.at - 60_000, end: { cause: 'no-answer' }, direction: 'outbound', isTold: true });
    // Dialled by hand: there was no row.
    expect(readTelephoneCall(desk.session.db, planted.frontId)).toBeNull();
  });

  it('is there although SQLite dropped the commit that opened it', () => {
    const desk = openCallDesk();
    const [told, open] = [hold(desk, 'Detta'), hold(desk, 'Aperta')];
    const toldId = start(desk, told);
    desk.session.db.pragma('wal_checkpoint(TRUNCATE)');
    // From here on only in the log: the first is told, the second begun. The file still says that the first is open.
    tell(desk, told);
    desk.clock.at += 60_000;
    const openId = start(desk, open);
    const after = next(desk, spoil(desk.options, (bytes) => { flip(bytes, 32 + 24 + 2_000); }, 'desk.db-wal'));
    expect(showCall(after.desk.session, { locale })).toMatchObject({ call: { callId: openId }, waiting: [] });
    expect(kindsOf(after.notice)).toContain('call-script Aperta');
    expect(tell(after.desk, open).ids).toEqual([openId]);
    expect(readUnsentFacts(after.desk.session.db, 0, 100).filter(({ header }) => header.callId === toldId && header.type === 'outcome-recorded')).toHaveLength(1);
  });

  it('is closed as interrupted after a shift, as after a crash', () => {
    const planted = plant();
    const options = destroy(planted, ['command_log']);
    planted.clock.at += 13 * 3_600_000;
    const { desk } = next(planted, options);
    expect(showCall(desk.session, { locale })).toEqual({ call: null, waiting: [] });
    const ends = readUnsentFacts(desk.session.db, 0, 1_000).filter(({ header }) => header.type === 'call-ended').map(({ header, body }) => [header.callId, body?.['cause']]);
    expect(ends).toEqual([[planted.waitingId, 'no-answer'], [planted.frontId, 'interrupted']]);
  });
});

describe('controls', () => {
  it('a store that is whole is not salvaged', () => {
    const planted = plant();
    expect(() => next(planted, destroy(planted, []))).toThrow('nothing was salvaged');
  });

  it('where the facts are destroyed too, nothing is made up, every unsent fact is missed, and the desk works', () => {
    const planted = plant();
    const count = readUnsentFacts(planted.session.db, 0, 1_000).length;
    const { desk, notice } = next(planted, destroy(planted, ['open_calls', 'facts']));
    expect(showCall(desk.session, { locale })).toEqual({ call: null, waiting: [] });
    expect([readOpenCall(desk.session.db), readWaitingCalls(desk.session.db)]).toEqual([null, []]);
    expect([count > 5, notice.lost.length]).toEqual([true, count]);
    valueOf(showCase(desk.session, { caseId: planted.front.caseId }));
  });

  it('a call of which the hub knows more than this disk is named and not asked for again', () => {
    const planted = plant();
    const { db } = planted.session;
    const outcomes = readUnsentFacts(db, 0, 1_000);
    tell(planted, planted.front);
    const { length } = readUnsentFacts(db, 0, 1_000);
    writeAckedSeq(db, length);
    // What came after the call began is at the hub, and cannot be read here: its rows are gone.
    db.prepare("UPDATE facts SET hash = 'x', header = '{}' WHERE seq > ?").run(outcomes.length);
    const { desk, notice } = next(planted, destroy(planted, ['open_calls']));
    expect(showCall(desk.session, { locale })).toMatchObject({ call: { callId: planted.waitingId }, waiting: [] });
    expect(kindsOf(notice)).toContain('call Davanti');
  });
});

it('carries what waits beside the calls: an inbound call of nobody yet, and an earlier notice that nobody has read', () => {
  const planted = plant();
  const callId = newId<CallId>();
  const { db } = planted.session;
  writeTelephoneCall(db, lineOf(planted, callId, { direction: 'inbound', isTold: false, endedAtMs: planted.clock.at, answeredAtMs: planted.clock.at, waiting: [
    { type: 'call-moved', at: planted.clock.at, body: { move: 'answered', number: 2, atMs: planted.clock.at, permitFactId: newId<FactId>(), how: null, to: null, sipStatus: null, quality: null } },
  ] }));
  const first = next(planted, destroy(planted, ['drafts']));
  expect(readUnclaimedCalls(first.desk.session.db)).toMatchObject([{ callId, waiting: [{ type: 'call-moved' }] }]);
  const second = next(first.desk, destroy(first.desk, ['open_calls']));
  expect(second.notice.perhapsLost).toEqual(['drafts']);
  expect(kindsOf(second.notice).filter((kind) => kind.startsWith('call-script'))).toHaveLength(2);
  expect(showCall(second.desk.session, { locale })).toMatchObject({ call: { callId: planted.frontId }, waiting: [{ callId: planted.waitingId }] });
});

it('carries the recording under way with its key, and not one that is a fact already', () => {
  const planted = plant();
  const { db, clock } = { ...planted.session, clock: planted.clock };
  const recording: Recording = {
    recordingId: newId<AttachmentId>(), keyHex: newRandomHex(32), keepUntil: sampleToday, startedAt: clock.at, pauses: [], agreementVersion: 1, conductVersion: 1, callId: planted.frontId,
    caseId: planted.front.caseId, customerId: planted.front.customerId, basedOn, policyVersion: null, pieces: 1, sizeBytes: 100, lastAt: clock.at,
  };
  writeRecording(db, recording);
  expect(readRecording(next(planted, destroy(planted, ['command_log'])).desk.session.db)).toEqual(recording);
  appendCaseFact(planted.session, planted.front, 'call-recorded', { recordingId: recording.recordingId }, basedOn);
  expect(readRecording(next(planted, destroy(planted, ['command_log'])).desk.session.db)).toBeNull();
});

it('whatever bytes are damaged, a call whose beginning can be read asks for its outcome', () => {
  const planted = plant();
  planted.session.db.pragma('wal_checkpoint(TRUNCATE)');
  saveDraft(planted.session, { commandId: commandId(), caseId: planted.front.caseId, draft: draftSchema.parse({ ...emptyDraft, note: 'nel registro' }) });
  const random = createRandom(7);
  const sum = { salvaged: 0, open: 0 };
  for (let trial = 0; trial < 30; trial += 1) {
    const options = spoil(planted.options, (bytes) => { for (let place = 0; place < 6; place += 1) flip(bytes, random.between(0, bytes.length - 1)); }, random.pick(['desk.db', 'desk.db', 'desk.db-wal']));
    const { db } = valueOf(openOrSalvage(options, planted.clock));
    const session: Session = { ...planted.session, db, book: new CaseBook(db) };
    closeInterruptedCalls(session);
    const open = [readOpenCall(db), ...readWaitingCalls(db)].flatMap((call) => call?.callId ?? []);
    const begun = readUnsentFacts(db, 0, 1_000).flatMap(({ header }) => (header.type === 'call-started' ? header.callId ?? [] : []));
    expect(begun.filter((callId) => !open.includes(callId)), `trial ${String(trial)}`).toEqual([]);
    sum.salvaged += readSalvageNotice(db) === null ? 0 : 1;
    sum.open += open.length;
    expect(showCall(session, { locale }).waiting.length, `trial ${String(trial)}`).toBe(readWaitingCalls(db).length);
    db.close();
  }
  // Damage that never costs a page proves nothing.
  expect([sum.salvaged > 10, sum.open > 50]).toEqual([true, true]);
});
