/**
 * Damage under a desk at work: the desk that meets it ends, the next one goes on with the session on a new store.
 *
 * Invariant: what was acknowledged and not sent is at the hub in the end, once, or stands in the notice; a call that was open asks for its outcome
 * afterwards, and is one contact at the hub.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { plainForm } from '../../shared/testing/outcome-forms.ts';
import type { CallId, CaseId, NumberId } from '../../shared/id.ts';
import { factSchema } from '../../shared/facts/fact-header.ts';
import { allSent, openAgency, workableRows } from '../support/agency.ts';
import { DeskGone } from '../support/desk-process.ts';
import type { DeskProcess } from '../support/desk-process.ts';
import { runHub } from '../support/hub-process.ts';
import { demoPassword, signInAs } from '../support/shift.ts';

const basedOn = { caseRevision: 1, scriptVersion: null };
const PAGE_BYTES = 4096;

/** Damages every page from the fourth on but the last few, where the newest facts stand. */
function spoilMiddle(profile: string): void {
  const name = readdirSync(profile, { recursive: true, encoding: 'utf8' }).find((file) => file.endsWith('desk.db'));
  if (name === undefined) throw new Error('there is no store');
  const path = join(profile, name);
  const bytes = readFileSync(path);
  for (let at = 12 * PAGE_BYTES + 2000; at < statSync(path).size - 40 * PAGE_BYTES; at += PAGE_BYTES) bytes.writeUInt8(bytes.readUInt8(at) ^ 4, at);
  writeFileSync(path, bytes, { flag: 'r+' });
}

async function addNotes(desk: DeskProcess, count: number): Promise<string[]> {
  const rows = await workableRows(desk);
  const ids: string[] = [];
  for (let place = 0; place < count; place += 1) {
    const saved = await desk.command('add-note', { caseId: rows[place % rows.length]!.caseId, text: `nota ${String(place)}`, basedOn });
    if (!saved.ok) throw new Error(saved.error.code);
    ids.push(saved.value.factId);
  }
  return ids;
}

/** A call to the last of the rows, dialled by hand. */
async function startCall(desk: DeskProcess): Promise<{ caseId: CaseId; callId: CallId; numberId: NumberId }> {
  const caseId = (await workableRows(desk)).at(-1)!.caseId;
  const shown = await desk.query('show-case', { caseId });
  if (!shown.ok) throw new Error(shown.error.code);
  const { numberId } = shown.value.numbers[0]!;
  const begun = await desk.command('start-call', { caseId, direction: 'outbound', pointId: numberId, locale: 'it', basedOn, line: 'by-hand', callId: null });
  if (!begun.ok) throw new Error(begun.error.code);
  return { caseId, callId: begun.value.call.callId, numberId };
}

async function lookAtEverything(desk: DeskProcess): Promise<void> {
  const list = await desk.query('list-worklist', { view: 'all', creditorId: null });
  if (!list.ok) throw new Error(list.error.code);
  for (const { caseId } of list.value.rows) await desk.query('show-case', { caseId });
}

it('ends at a damaged page, goes on with the session, and sends what was saved', async () => {
  const agency = await openAgency();
  const first = await agency.startDesk('pc');
  await signInAs(first, 'carla');
  await allSent(first);
  await agency.killHub();
  const ids = await addNotes(first, 20);
  const { caseId, callId, numberId } = await startCall(first);
  // A clean end moves all into the file; the next desk starts with nothing in memory.
  await first.command('sign-out', {});
  const signedIn = await first.command('sign-in', { username: 'carla', password: demoPassword });
  expect(signedIn).toMatchObject({ ok: true, value: { salvage: null } });
  spoilMiddle(join(agency.folder, 'pc'));
  await expect(lookAtEverything(first)).rejects.toThrow(DeskGone);
  expect(first.resumeTicket).not.toBeNull();

  const second = await agency.startDesk('pc', { resume: first.resumeTicket });
  const session = await second.query('show-session', {});
  if (!session.ok || session.value.salvage === null) throw new Error('no notice');
  expect(session.value.user?.username).toBe('carla');
  const { salvage } = session.value;
  // The page of the open calls is among the damaged ones: the call is there by its two facts, without its place in the script.
  expect(salvage.lost.filter(({ kind }) => kind === 'call-script')).toHaveLength(1);
  expect(salvage.salvaged + salvage.lost.length - 1).toBe(ids.length + 2);
  expect(salvage.salvaged).toBeGreaterThan(0);
  expect(await second.command('acknowledge-salvage', {})).toMatchObject({ ok: true, value: { salvage: null } });

  await agency.startHub();
  await second.command('sign-out', {});
  expect(await second.command('sign-in', { username: 'carla', password: demoPassword })).toMatchObject({ ok: true, value: { salvage: null } });
  // Its case was on a damaged page too, and comes with the feed.
  expect(await second.until('show-call', { locale: 'it' }, ({ call }) => call !== null)).toMatchObject({ call: { callId, caseId, walk: null }, waiting: [] });
  const form = plainForm('NA', { channel: 'phone-outbound', numberId });
  expect(await second.command('record-outcome', { caseId, locale: 'it', basedOn, form, goesOn: false })).toMatchObject({ ok: true });
  await allSent(second);
  expect((await workableRows(second)).length).toBeGreaterThan(0);
  const atHub = (await runHub(['facts', '--ids', '--data', agency.hub.dataDir])).split('\n').filter((id) => id !== '');
  expect(new Set(atHub).size).toBe(atHub.length);
  expect(atHub.filter((id) => ids.includes(id)).length).toBe(salvage.salvaged - 2);
  const contacts = (await runHub(['facts', '--json', '--data', agency.hub.dataDir])).split('\n').filter((line) => line.includes(callId))
    .map((line) => factSchema.parse(JSON.parse(line)).header.type);
  expect(contacts).toEqual(['contact-permitted', 'call-started', 'outcome-recorded']);
  expect(JSON.parse(await runHub(['verify', '--json', '--data', agency.hub.dataDir]))).toMatchObject({ ok: true });
});
