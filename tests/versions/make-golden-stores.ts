/**
 * Makes the golden stores of the present schema (run by hand, output committed): `node tests/versions/make-golden-stores.ts`.
 *
 * A real hub and a real desk live through a short day: people, a file of a creditor, outcomes of every kind, corrections, a
 * note, files, an erased person; then the hub goes away and the desk works on. What both leave on the disk is kept.
 *
 * Invariant: a golden store that exists is never made again, for it stands for what is on disks outside; a new schema of
 * either gets a new pair, with a new number.
 */
import './last-tuesday.ts';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningHub } from '../../hub/start-hub.ts';
import { startHub } from '../../hub/start-hub.ts';
import { erasePerson } from '../../hub/erasure/erase-person.ts';
import { assignUnassigned } from '../../hub/receivables/assign-unassigned.ts';
import { importFile, rejectsFileName } from '../../hub/receivables/import-file.ts';
import { openStore as openHubStore } from '../../hub/store/open-store.ts';
import { readHubKey } from '../../hub/telephone/hub-key.ts';
import { setAccount, setCallerId, setExchange } from '../../hub/telephone/set-telephone.ts';
import { addUser } from '../../hub/users/add-user.ts';
import type { CallId, CaseId } from '../../shared/id.ts';
import type { CallStep } from '../../shared/telephone/call-state.ts';
import { newCallState, nextCallState } from '../../shared/telephone/call-state.ts';
import type { TelephoneEvent } from '../../shared/telephone/telephone-event.ts';
import { plainForm, promiseForm } from '../../shared/testing/outcome-forms.ts';
import { publishCalendar } from '../../hub/conduct/publish-calendar.ts';
import { publishConduct } from '../../hub/conduct/publish-conduct.ts';
import { tones } from '../../shared/case/case-entity.ts';
import { standardConduct } from '../../shared/protocol/conduct-protocol.ts';
import type { PlainDate } from '../../shared/time.ts';
import { addDays, dateOfInstant, instantOf, systemClock } from '../../shared/time.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { describeDesk, openGoldenDesk } from './golden-desk.ts';
import { describeHub } from './golden-hub.ts';
import { goldenHubKey, goldenPassword, goldenRoot, goldenZone } from './golden-stores.ts';

/** The number of the pair; the next one whenever the schema of either has changed. */
const SCHEMA = '0011';
const basedOn = { caseRevision: 1, scriptVersion: 'golden@1' };
const headers = 'Codice cliente;Ragione sociale;Codice fiscale;Email;Indirizzo;Telefono;Numero fattura;Data fattura;Scadenza;Importo';

async function main(): Promise<void> {
  const deskTarget = join(goldenRoot, `desk-${SCHEMA}`);
  const hubTarget = join(goldenRoot, `hub-${SCHEMA}`);
  for (const target of [deskTarget, hubTarget]) if (existsSync(target)) throw new Error(`${target} exists: golden stores are never made again`);
  const folder = mkdtempSync(join(tmpdir(), 'premura-golden-'));
  try {
    await liveThroughADay(folder);
    for (const [made, kept] of [['desk', join(deskTarget, 'profile')], ['hub', join(hubTarget, 'data')]] as const) {
      mkdirSync(kept, { recursive: true });
      cpSync(join(folder, made), kept, { recursive: true });
    }
    await describeAll(folder, deskTarget, hubTarget);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function liveThroughADay(folder: string): Promise<void> {
  const dataDir = join(folder, 'hub');
  const hub = await startHub({ dataDir, postgresUrl: null, host: '127.0.0.1', port: 0, demo: false, clock: systemClock, logTo: null });
  const desk = await DeskProcess.start({ profileDir: join(folder, 'desk'), hubUrl: `http://127.0.0.1:${String(hub.port)}`, hubKey: goldenHubKey, siteZone: goldenZone });
  try {
    await fillHub(hub, dataDir, folder);
    await giveTelephone(hub, dataDir);
    valueOf(await desk.command('sign-in', { username: 'olga', password: goldenPassword }));
    await desk.until('show-telephone', {}, ({ account }) => account !== null);
    const { rows } = await desk.until('list-worklist', { view: 'all', creditorId: null }, (list) => list.rows.length === 7);
    const [first, second, third, fourth, fifth, erased] = ['Anna', 'Bruno', 'Officina', 'Tigli', 'Dario', 'Ermenegildo'].map((name) => caseNamed(rows, name));
    await workOnline(desk, { first: first!, second: second!, third: third!, fourth: fourth!, erased: erased! });
    await desk.until('show-sync', {}, (sync) => sync.unsentCount === 0 && sync.network === 'online');
    const forgotten = await erasePerson({ store: hub.store, dataDir, clock: systemClock }, { target: { creditorName: 'Luce del Sele', customerCode: 'K-6' }, reason: 'richiesta di cancellazione', dryRun: false });
    if (!forgotten.ok) throw new Error(forgotten.refusal.code);
    await desk.until('list-worklist', { view: 'all', creditorId: null }, (list) => list.rows.length === 6);
    await hub.stop();
    await workOffline(desk, { first: first!, fifth: fifth! });
  } finally {
    await desk.stop();
  }
}

async function fillHub(hub: RunningHub, dataDir: string, folder: string): Promise<void> {
  for (const [username, displayName, role] of [['olga', 'Olga Esempio', 'collector'], ['lea', 'Lea Esempio', 'lead']] as const) {
    const added = await addUser(hub.store, systemClock, { username, displayName, role, password: goldenPassword, certificates: tones.map((tone) => ({ tone, level: 'full' })) });
    if (!added.ok) throw new Error(added.refusal.code);
  }
  const path = join(folder, 'luce-del-sele.csv');
  const names = ['Anna Bianchi', 'Bruno Neri', 'Officina Verdi S.r.l.', 'Condominio Tigli', 'Dario Perché', 'Ermenegildo Rossi', 'Fulvia Gialli'];
  const lines = names.flatMap((name, index) => {
    const person = `K-${String(index + 1)};${name};;k${String(index + 1)}@esempio.it;Via Prova ${String(index + 1)};097100050${String(index)}`;
    return [`${person};F-${String(index)}A;31/01/2026;28/02/2026;${String(100 + index * 10)},50`, `${person};F-${String(index)}B;31/05/2026;${String(10 + index)}/07/2026;80,00`];
  });
  writeFileSync(path, [headers, ...lines].join('\n'));
  const rejectsPath = join(dataDir, 'rejects', rejectsFileName(systemClock, 'Luce del Sele'));
  const asOf = dateOfInstant(systemClock.nowMs(), goldenZone);
  const imported = await importFile(hub.store, systemClock, { file: { path }, creditorName: 'Luce del Sele', options: {}, asOf, dryRun: false, rejectsPath });
  if (!imported.ok) throw new Error(imported.error.code);
  const creditor = await hub.store.read((tx) => tx.selectFrom('creditors').selectAll().executeTakeFirstOrThrow());
  await hub.store.write(async (tx) => {
    const by = { userId: null, nowMs: systemClock.nowMs(), after: null };
    const { version: _none, ...standard } = standardConduct(creditor.creditor_id);
    const published = await publishConduct(tx, by, { ...standard, printedNumber: '0971 000 500', city: 'Potenza' });
    const closed = await publishCalendar(tx, by, {
      calendarId: 'agency', closures: [{ from: '2026-12-24' as PlainDate, to: '2026-12-31' as PlainDate, name: 'chiusura' }], patronSaints: [],
    });
    if (!published.ok || !closed.ok) throw new Error('the rules of the house were not published');
  });
  await assignUnassigned(hub.store, systemClock);
}

type Cases<Name extends string> = Record<Name, CaseId>;

async function workOnline(desk: DeskProcess, cases: Cases<'first' | 'second' | 'third' | 'fourth' | 'erased'>): Promise<void> {
  const record = async (caseId: CaseId, form: ReturnType<typeof plainForm>) =>
    valueOf(await desk.command('record-outcome', { caseId, locale: 'it', form, basedOn })).factId;
  await record(cases.first, plainForm('NA'));
  const promised = await record(cases.first, promiseForm({ amountText: '40,00', note: 'paga venerdì' }));
  await desk.command('correct-outcome', {
    caseId: cases.first, locale: 'it', targetFactId: promised, form: promiseForm({ amountText: '45,50', dateText: '+4' }), reason: 'importo sbagliato', basedOn,
  }).then(valueOf);
  const mistaken = await record(cases.second, plainForm('RPC', { cause: 'forgot' }));
  valueOf(await desk.command('correct-outcome', { caseId: cases.second, locale: 'it', targetFactId: mistaken, form: null, reason: 'cliente sbagliato', basedOn }));
  await record(cases.second, plainForm('CBK', { dateText: '+3 15:30', callbackAudience: 'anyone' }));
  const shown = valueOf(await desk.query('show-case', { caseId: cases.third }));
  await record(cases.third, plainForm('DSP', { disputeReason: 'price', disputeInvoiceId: shown.invoices[0]!.invoiceId, amountText: '10,00' }));
  valueOf(await desk.command('add-note', { caseId: cases.fourth, text: 'chiamare l’amministratore', basedOn }));
  const { partyId } = valueOf(await desk.command('save-party', { caseId: cases.fourth, basedOn, form: {
    partyId: null, role: 'administrator', name: 'Studio Faggi', mayBeTold: true, language: 'it', taxCode: '', note: 'mattina', removed: false,
  } }));
  valueOf(await desk.command('save-contact-point', { caseId: cases.fourth, basedOn, form: {
    pointId: null, kind: 'phone', partyId, text: '0971 000 777', source: 'given-by-person', workplace: true, usable: true,
  } }));
  valueOf(await desk.command('save-preferences', { caseId: cases.fourth, basedOn, preferences: {
    partyId: null, channel: 'phone', hours: { from: '17:00', to: '20:00' }, doNotCall: false, language: null, note: null,
  } }));
  // Led through the app: permit, call, identity and the beginning of a script stand in the facts, and close with the outcome.
  // Dialled by the softphone, which told how it went and how it ended.
  const pointId = valueOf(await desk.query('show-case', { caseId: cases.fourth })).numbers.find(({ usable }) => usable)?.numberId ?? null;
  const { call } = valueOf(await desk.command('start-call', { caseId: cases.fourth, direction: 'outbound', pointId, locale: 'it', basedOn, line: 'softphone' }));
  const checked = valueOf(await desk.command('check-identity', { callId: call.callId, locale: 'it', result: 'third-party', method: null, partyId: null }));
  if (checked.call.gate.state !== 'third-party') throw new Error('the gate does not stand where it was put');
  await tellOfCall(desk, call.callId);
  await record(cases.fourth, plainForm('TPC', { channel: 'phone-outbound' }));
  await record(cases.fourth, plainForm('PAID', { amountText: '20,00', dateText: 'ieri', proof: 'requested' }));
  valueOf(await desk.command('attach-file', {
    caseId: cases.fourth, fileName: 'verbale.txt', mediaType: 'text/plain', note: 'assemblea', bytes: new TextEncoder().encode('verbale di assemblea\n'.repeat(20)), basedOn,
  }));
  await record(cases.erased, promiseForm({ amountText: '20,00', note: 'di chi sarà dimenticato' }));
}

/** As main would: it rang, somebody answered, hung up, and this is how it sounded. */
async function tellOfCall(desk: DeskProcess, callId: CallId): Promise<void> {
  const account = desk.toSoftphone.findLast((said) => said.type === 'telephone-account');
  if (account?.type !== 'telephone-account' || account.ownerId === null) throw new Error('nobody is on the line');
  let state = newCallState('outbound');
  let number = 1;
  const events: TelephoneEvent[] = [{ kind: 'call-begun', number, atMs: systemClock.nowMs(), callId, caller: { number: null, name: null }, state, waiting: false }];
  for (const step of [{ kind: 'rings' }, { kind: 'connected' }, { kind: 'ended', end: { cause: 'hung-up', by: 'them', sipStatus: null, q850: 16 } }] satisfies CallStep[]) {
    state = nextCallState(state, step);
    number += 1;
    events.push({ kind: 'call-stepped', number, atMs: systemClock.nowMs(), callId, step, state });
  }
  events.push({ kind: 'call-quality', number: number + 1, atMs: systemClock.nowMs(), callId, figures: { lossPercent: 0.4, jitterMs: 6, roundTripMs: 32 }, mos: 4.4 });
  desk.tellAsSoftphone({ type: 'telephone-events', ownerId: account.ownerId, events });
  await desk.untilSaid((said) => said.some((one) => one.type === 'telephone-committed' && one.upTo === number + 1));
}

async function workOffline(desk: DeskProcess, cases: Cases<'first' | 'fifth'>): Promise<void> {
  const promised = valueOf(await desk.command('record-outcome', { caseId: cases.fifth, locale: 'it', form: promiseForm({ amountText: '60,00' }), basedOn })).factId;
  valueOf(await desk.command('correct-outcome', {
    caseId: cases.fifth, locale: 'it', targetFactId: promised, form: promiseForm({ amountText: '61,00' }), reason: 'un euro in più', basedOn,
  }));
  valueOf(await desk.command('add-note', { caseId: cases.first, text: 'fuori rete: perché no', basedOn }));
  valueOf(await desk.command('attach-file', {
    caseId: cases.fifth, fileName: 'ricevuta.txt', mediaType: 'text/plain', note: '', bytes: new TextEncoder().encode('ricevuta non ancora partita'), basedOn,
  }));
  valueOf(await desk.command('save-draft', { caseId: cases.first, draft: {
    code: 'PTP', amountText: '12,', dateText: 've', method: '', cause: '', disputeReason: '', disputeInvoiceId: '', callbackAudience: '', note: 'stava dic', scriptStepId: '',
  } }));
}

/** An exchange, an account and a number for each creditor. */
async function giveTelephone(hub: RunningHub, dataDir: string): Promise<void> {
  const by = { userId: null, nowMs: systemClock.nowMs() };
  await hub.store.write(async (tx) => {
    const { user_id: olga } = await tx.selectFrom('users').select('user_id').where('username', '=', 'olga').executeTakeFirstOrThrow();
    const done = [
      await setExchange(tx, by, { server: 'wss://centralino.example.it/ws', domain: 'centralino.example.it', privateAuthority: null, tones: 'sound', ringForMs: 60_000 }),
      await setAccount(tx, by, readHubKey(dataDir), olga, { user: '201', authenticationUser: null, password: 'golden-telephone' }),
    ];
    for (const { creditor_id: creditorId } of await tx.selectFrom('creditors').select('creditor_id').execute()) done.push(await setCallerId(tx, by, creditorId, '+390971000999'));
    for (const result of done) if (!result.ok) throw new Error(result.refusal.code);
  });
}

/** Reads copies, so that what is kept stays as the desk and the hub left it. */
async function describeAll(folder: string, deskTarget: string, hubTarget: string): Promise<void> {
  const atMs = instantOf(addDays(dateOfInstant(systemClock.nowMs(), goldenZone), 2), '10:00', goldenZone);
  const session = await openGoldenDesk(join(folder, 'desk'), atMs);
  writeJson(join(deskTarget, 'expected.json'), describeDesk(session));
  session.db.close();
  const store = await openHubStore({ dataDir: join(folder, 'hub'), postgresUrl: null });
  writeJson(join(hubTarget, 'expected.json'), await describeHub(store));
  await store.close();
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}

function caseNamed(rows: readonly { caseId: CaseId; customerName: string }[], name: string): CaseId {
  const row = rows.find((candidate) => candidate.customerName.includes(name));
  if (row === undefined) throw new Error(`no case of ${name}`);
  return row.caseId;
}

function valueOf<T>(result: { ok: true; value: T } | { ok: false; error: { code: string; details: object } }): T {
  if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error.details)}`);
  return result.value;
}

await main();
