/**
 * Who opens which store, with and without the network.
 * Invariants: a wrong password opens nothing; a reset password still finds unsent facts; the
 * next operator's session finds no byte of the first one's customers.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { expect, it } from 'vitest';
import { allSent, openAgency, workableRows } from '../support/agency.ts';
import type { DeskProcess } from '../support/desk-process.ts';
import { runHub } from '../support/hub-process.ts';
import { plainForm, signInAs } from '../support/shift.ts';

const basedOn = { caseRevision: 1, scriptVersion: null };

/** Saves a note-bearing outcome while the hub is away, so that it stays unsent. */
async function saveOffline(desk: DeskProcess, note: string): Promise<string> {
  const rows = await workableRows(desk);
  const caseId = rows[0]?.caseId;
  if (caseId === undefined) throw new Error('nothing to work');
  const saved = await desk.command('record-outcome', { caseId, locale: 'it', form: plainForm('NA', { note }), basedOn });
  if (!saved.ok) throw new Error(saved.error.code);
  return saved.value.factId;
}

it('signs in offline with the same password, and says what is wrong otherwise', async () => {
  const agency = await openAgency();
  const desk = await agency.startDesk('pc');
  expect(await desk.command('sign-in', { username: 'carla', password: 'wrong' })).toMatchObject({ ok: false, error: { code: 'wrong-password', details: { field: 'password' } } });
  await signInAs(desk, 'carla');
  await workableRows(desk);
  await desk.command('sign-out', {});
  await agency.killHub();
  expect(await desk.command('sign-in', { username: 'carla', password: 'wrong' })).toMatchObject({ ok: false, error: { code: 'wrong-password' } });
  expect(await desk.command('sign-in', { username: 'marco', password: 'premura-demo' })).toMatchObject({ ok: false, error: { code: 'unknown-account-offline' } });
  await signInAs(desk, 'carla');
  expect((await workableRows(desk)).length).toBeGreaterThan(0);
  const factId = await saveOffline(desk, 'detto fuori rete');
  await agency.startHub();
  await desk.command('sync-now', {});
  await allSent(desk);
  expect(await runHub(['facts', '--ids', '--data', agency.hub.dataDir])).toContain(factId);
});

it('opens the store after a password reset, and the unsent facts arrive', async () => {
  const agency = await openAgency();
  const desk = await agency.startDesk('pc');
  await signInAs(desk, 'carla');
  await workableRows(desk);
  await agency.killHub();
  const factId = await saveOffline(desk, 'prima del cambio');
  await desk.command('sign-out', {});
  expect(await desk.query('show-session', {})).toMatchObject({ ok: true, value: { accounts: [{ username: 'carla', unsent: true }] } });

  await runHub(['users', 'reset-password', '--data', agency.hub.dataDir, '--username', 'carla', '--password', 'another-password']);
  await agency.startHub();
  expect(await desk.command('sign-in', { username: 'carla', password: 'premura-demo' })).toMatchObject({ ok: false, error: { code: 'wrong-password' } });
  await signInAs(desk, 'carla', 'another-password');
  await allSent(desk);
  expect(await runHub(['facts', '--ids', '--data', agency.hub.dataDir])).toContain(factId);
  await desk.command('sign-out', {});
  await agency.killHub();
  await signInAs(desk, 'carla', 'another-password');
});

it('leaves no readable byte of one operator’s customers for the next', async () => {
  const agency = await openAgency();
  const desk = await agency.startDesk('pc');
  await signInAs(desk, 'carla');
  const names = (await workableRows(desk)).map((row) => row.customerName);
  await saveOffline(desk, 'una nota riservata');
  await desk.command('sign-out', {});
  await signInAs(desk, 'marco');
  const own = (await workableRows(desk)).map((row) => row.customerName);
  expect(own.filter((name) => names.includes(name))).toEqual([]);
  const files = readdirSync(join(agency.folder, 'pc'), { recursive: true, encoding: 'utf8' }).map((file) => join(agency.folder, 'pc', file));
  const bytes = Buffer.concat(files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file)));
  expect(bytes.length).toBeGreaterThan(100_000);
  for (const text of [...names.slice(0, 20), 'una nota riservata', 'SQLite format']) expect(bytes.includes(text), text).toBe(false);
});

it('goes on with the session when a killed desk is followed by another', async () => {
  const agency = await openAgency();
  const first = await agency.startDesk('pc');
  await signInAs(first, 'carla');
  const [row] = await workableRows(first);
  if (row === undefined) throw new Error('nothing to work');
  await first.command('save-draft', { caseId: row.caseId, draft: {
    code: 'PTP', amountText: '12,', dateText: 've', method: '', cause: '', disputeReason: '', disputeInvoiceId: '', callbackAudience: '', note: 'stava dic', scriptStepId: '',
  } });
  await first.kill();
  const second = await agency.startDesk('pc', { resume: first.resumeTicket });
  expect(await second.query('show-session', {})).toMatchObject({ ok: true, value: { user: { username: 'carla' } } });
  expect(await second.query('show-case', { caseId: row.caseId })).toMatchObject({ ok: true, value: { draft: { amountText: '12,', note: 'stava dic' } } });
  await allSent(second);
});

it('sends what a signed-out operator left, where the OS keychain opens the store', async () => {
  const agency = await openAgency();
  const key = Buffer.alloc(32, 7);
  const iv = Buffer.alloc(12, 1);
  const keychain = (operation: 'wrap' | 'unwrap' | 'status', value: string | undefined): string => {
    const cipher = operation === 'wrap' ? createCipheriv('aes-256-ctr', key, Buffer.concat([iv, Buffer.alloc(4)])) : createDecipheriv('aes-256-ctr', key, Buffer.concat([iv, Buffer.alloc(4)]));
    const [from, to] = operation === 'wrap' ? (['utf8', 'base64'] as const) : (['base64', 'utf8'] as const);
    return Buffer.concat([cipher.update(Buffer.from(value ?? '', from)), cipher.final()]).toString(to);
  };
  const desk = await agency.startDesk('pc', { keychain });
  await signInAs(desk, 'carla');
  await workableRows(desk);
  await agency.killHub();
  const factId = await saveOffline(desk, 'resta qui');
  await desk.command('sign-out', {});
  await desk.stop();

  await agency.startHub();
  const next = await agency.startDesk('pc', { keychain });
  await next.until('show-session', {}, (value) => value.accounts[0]?.unsent === false);
  expect(await runHub(['facts', '--ids', '--data', agency.hub.dataDir])).toContain(factId);
});

it('lets one app work on a store, and tells the second', async () => {
  const agency = await openAgency();
  const first = await agency.startDesk('pc');
  await signInAs(first, 'carla');
  const second = await agency.startDesk('pc');
  expect(await second.command('sign-in', { username: 'carla', password: 'premura-demo' })).toMatchObject({ ok: false, error: { code: 'store-locked' } });
});
