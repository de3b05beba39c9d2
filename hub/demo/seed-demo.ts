/**
 * Fills an empty hub with the demo: people, two creditors' files, recovery approved where they are very late.
 *
 * Invariants: only an empty hub is seeded, once; a seeding that was cut goes on with the same day as anchor, so its
 * invoices keep their keys; everything goes through the same import as a real file.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { tones } from '../../shared/case/case-entity.ts';
import { letterheadSchema, paymentCoordinatesSchema } from '../../shared/protocol/agreement-terms.ts';
import { standardConduct } from '../../shared/protocol/conduct-protocol.ts';
import { roleSchema } from '../../shared/protocol/session-protocol.ts';
import type { Clock, PlainDate } from '../../shared/time.ts';
import { addDays, dateOfInstant, plainDateSchema } from '../../shared/time.ts';
import { findConduct, publishConduct } from '../conduct/publish-conduct.ts';
import { renderDemoFile } from '../imports/render-demo-file.ts';
import { importFile, rejectsFileName } from '../receivables/import-file.ts';
import { publishChangedCases } from '../receivables/publish-changed-cases.ts';
import { writeAgencyName } from '../store/hub-meta.ts';
import type { HubStore } from '../store/hub-store.ts';
import { addUser } from '../users/add-user.ts';

const SITE_ZONE = 'Europe/Rome';
const ANCHOR_KEY = 'demoAnchor';
const DONE_KEY = 'demoSeeded';

const demoSchema = z.object({
  agency: z.string(),
  users: z.array(z.object({ username: z.string(), displayName: z.string(), role: roleSchema, password: z.string() })),
  creditors: z.array(z.object({
    name: z.string(), file: z.string(), currency: z.string(), printedNumber: z.string().nullable().default(null),
    coordinates: paymentCoordinatesSchema.nullable().default(null), letterhead: letterheadSchema.nullable().default(null), tone: z.object({ recoveryFromDaysLate: z.int().positive() }),
  })),
});

type DemoCreditor = z.infer<typeof demoSchema>['creditors'][number];

export async function seedDemo(store: HubStore, clock: Clock, dataDir: string): Promise<void> {
  const anchor = await takeAnchor(store, clock);
  if (anchor === null) return;
  const folder = findDemoFolder();
  const demo = demoSchema.parse(JSON.parse(await readFile(join(folder, 'users.json'), 'utf8')));
  await store.write((tx) => writeAgencyName(tx, demo.agency));
  for (const user of demo.users) {
    const added = await addUser(store, clock, { ...user, certificates: tones.map((tone) => ({ tone, level: 'full' })) });
    if (!added.ok && added.refusal.code !== 'username-taken') throw new Error(`the demo user could not be added: ${added.refusal.code}`);
  }
  for (const creditor of demo.creditors) {
    const file = renderDemoFile(await readFile(join(folder, creditor.file)), anchor);
    const imported = await importFile(store, clock, {
      file, creditorName: creditor.name, asOf: anchor, dryRun: false, options: { currency: creditor.currency },
      rejectsPath: join(dataDir, 'rejects', rejectsFileName(clock, creditor.name)),
    });
    if (!imported.ok) throw new Error(`the demo file could not be imported: ${imported.error.code}`);
    await publishDemoConduct(store, clock, creditor);
    await approveRecovery(store, creditor.name, addDays(anchor, -creditor.tone.recoveryFromDaysLate), anchor);
  }
  await publishChangedCases(store, clock);
  await store.write(async (tx) => {
    await tx.insertInto('meta').values({ key: DONE_KEY, value: 'yes' }).onConflict((oc) => oc.column('key').doNothing()).execute();
  });
}

/** Whether the hub was filled by the demo, now or before. */
export async function isDemoHub(store: HubStore): Promise<boolean> {
  const row = await store.lookup((tx) => tx.selectFrom('meta').select('value').where('key', '=', DONE_KEY).executeTakeFirst());
  return row !== undefined;
}

/** The day the demo counts from; null when there is nothing to do (done before, or not an empty hub). */
async function takeAnchor(store: HubStore, clock: Clock): Promise<PlainDate | null> {
  return store.write(async (tx) => {
    const rows = await tx.selectFrom('meta').selectAll().where('key', 'in', [ANCHOR_KEY, DONE_KEY]).execute();
    if (rows.some((row) => row.key === DONE_KEY)) return null;
    const begun = rows.find((row) => row.key === ANCHOR_KEY);
    if (begun !== undefined) return plainDateSchema.parse(begun.value);
    if ((await tx.selectFrom('users').select('user_id').limit(1).execute()).length > 0) return null;
    const today = dateOfInstant(clock.nowMs(), SITE_ZONE);
    await tx.insertInto('meta').values({ key: ANCHOR_KEY, value: today }).execute();
    return today;
  });
}

/** The creditor's own number, for those who do not trust the call, where to pay, and what its letters say; otherwise what holds where nothing was published. */
async function publishDemoConduct(store: HubStore, clock: Clock, creditor: DemoCreditor): Promise<void> {
  const { name, printedNumber, coordinates, letterhead } = creditor;
  if (printedNumber === null && coordinates === null && letterhead === null) return;
  await store.write(async (tx) => {
    const { creditor_id: creditorId } = await tx.selectFrom('creditors').select('creditor_id').where('name', '=', name).executeTakeFirstOrThrow();
    if ((await findConduct(tx, creditorId)) !== null) return;
    const { version: _unpublished, ...standard } = standardConduct(creditorId);
    const published = await publishConduct(tx, { userId: null, nowMs: clock.nowMs(), after: null }, { ...standard, printedNumber, agreements: { ...standard.agreements, coordinates, letterhead } });
    if (!published.ok) throw new Error(`the demo conduct could not be published: ${published.refusal.code}`);
  });
}

/** What the creditor would do: approve recovery where something open and undisputed is due before that day. */
async function approveRecovery(store: HubStore, creditorName: string, dueBefore: PlainDate, today: PlainDate): Promise<void> {
  await store.write(async (tx) => {
    const rows = await tx
      .selectFrom('invoices')
      .innerJoin('cases', 'cases.case_id', 'invoices.case_id')
      .innerJoin('creditors', 'creditors.creditor_id', 'cases.creditor_id')
      .select('cases.case_id').distinct()
      .where('creditors.name', '=', creditorName).where('cases.recovery_approved_on', 'is', null)
      .where('invoices.settled_on', 'is', null).where('invoices.residual_cents', '>', 0).where('invoices.disputed_in_file', '=', 0)
      .where('invoices.due_date', '<', dueBefore)
      .execute();
    if (rows.length === 0) return;
    await tx.updateTable('cases').set({ recovery_approved_on: today, needs_publish: 1 })
      .where('case_id', 'in', rows.map((row) => row.case_id)).execute();
  });
}

/** `assets/demo`, above this file: three folders up in the source, two in a bundle, more inside a package. */
function findDemoFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let step = 0; step < 6; step += 1) {
    const candidate = join(folder, 'assets', 'demo');
    if (existsSync(join(candidate, 'users.json'))) return candidate;
    folder = dirname(folder);
  }
  throw new Error('the demo files (assets/demo) are not where this program is');
}
