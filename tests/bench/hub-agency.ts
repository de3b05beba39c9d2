/**
 * An agency for benches of the hub: collectors with assigned cases, imported as a creditor's file is, and chains of
 * facts as their desks would make them.
 *
 * Invariant: facts are sealed with the project's own chain code before the clock runs, and are about cases that the
 * pusher has, so effects, flags and entities are made as in life.
 */
import { join } from 'node:path';
import { importFile } from '../../hub/receivables/import-file.ts';
import type { StoreLocation } from '../../hub/store/open-store.ts';
import { openStore } from '../../hub/store/open-store.ts';
import { addUser } from '../../hub/users/add-user.ts';
import { sealFact } from '../../shared/facts/chain.ts';
import { factVersions } from '../../shared/facts/fact-bodies.ts';
import type { OutcomeBody } from '../../shared/facts/outcome-body.ts';
import { noParts } from '../../shared/facts/outcome-body.ts';
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { CaseId, DeviceId, FactId, UserId } from '../../shared/id.ts';
import { newId, newRandomHex } from '../../shared/id.ts';
import { signInReplySchema } from '../../shared/protocol/session-protocol.ts';
import { fullCertificates } from '../../shared/testing/full-certificates.ts';
import { addDays, dateOfInstant, systemClock } from '../../shared/time.ts';

export const benchPassword = 'premura-bench';
const INVOICES_PER_CASE = 2;
const ZONE = 'Europe/Rome';

/** One collector at one device, with a chain that grows. */
export interface Pusher {
  username: string;
  userId: UserId;
  deviceId: DeviceId;
  caseIds: CaseId[];
  lastSeq: number;
  lastHash: string | null;
}

/** Fills an empty hub; the store is closed again when this resolves. */
export async function foundAgency(location: StoreLocation, size: { collectors: number; casesEach: number }): Promise<Pusher[]> {
  const store = await openStore(location);
  try {
    for (let index = 0; index < size.collectors; index += 1) {
      const added = await addUser(store, systemClock, { username: nameOf(index), displayName: `Operatore ${String(index)}`, role: 'collector', password: benchPassword, certificates: fullCertificates });
      if (!added.ok) throw new Error(added.refusal.code);
    }
    const asOf = dateOfInstant(systemClock.nowMs(), ZONE);
    const imported = await importFile(store, systemClock, {
      file: Buffer.from(renderFile(size.collectors * size.casesEach, addDays(asOf, -60), addDays(asOf, -20))), creditorName: 'Acque del Banco S.p.A.',
      options: { currency: 'EUR' }, asOf, dryRun: false, rejectsPath: join(location.dataDir, 'rejects', 'bench.csv'),
    });
    if (!imported.ok) throw new Error(imported.error.code);
    const rows = await store.read((tx) =>
      tx.selectFrom('cases').innerJoin('assignments', 'assignments.customer_id', 'cases.customer_id')
        .innerJoin('users', 'users.user_id', 'assignments.owner_id')
        .select(['users.username', 'users.user_id', 'cases.case_id']).orderBy('cases.case_id').execute());
    const pushers = new Map<string, Pusher>();
    for (const row of rows) {
      const pusher = pushers.get(row.username) ?? {
        username: row.username, userId: row.user_id, deviceId: newId<DeviceId>(), caseIds: [], lastSeq: 0, lastHash: null,
      };
      pusher.caseIds.push(row.case_id);
      pushers.set(row.username, pusher);
    }
    if (pushers.size !== size.collectors) throw new Error('a collector got no case');
    return [...pushers.values()];
  } finally {
    await store.close();
  }
}

function nameOf(index: number): string {
  return `bench${String(index)}`;
}

function renderFile(customers: number, issuedOn: string, dueOn: string): string {
  const lines = ['customerCode;customerName;invoiceNumber;issueDate;dueDate;amount;phone;email;address;city'];
  for (let customer = 0; customer < customers; customer += 1) {
    for (let invoice = 0; invoice < INVOICES_PER_CASE; invoice += 1) {
      const code = String(customer).padStart(6, '0');
      lines.push(`${code};Officine Meccaniche ${code} S.r.l.;F${code}-${String(invoice)};${issuedOn};${dueOn};${String(100 + customer % 900)},50;0971 ${code};amministrazione${code}@example.com;Via dei Mille ${String(customer % 300)};Potenza`);
    }
  }
  return lines.join('\r\n');
}

/** An access token, good for 15 minutes. */
export async function signIn(hubUrl: string, pusher: Pusher): Promise<string> {
  const answer = await fetch(`${hubUrl}/v1/sign-in`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username: pusher.username, password: benchPassword }),
  });
  return signInReplySchema.parse(await answer.json()).tokens.accessToken;
}

/** The next facts of a chain, about one case after the other. */
export function sealFacts(pusher: Pusher, count: number): Fact[] {
  const facts: Fact[] = [];
  for (let made = 0; made < count; made += 1) {
    const seq = pusher.lastSeq + 1;
    const caseId = pusher.caseIds[seq % pusher.caseIds.length];
    if (caseId === undefined) throw new Error('a pusher without cases');
    const at = systemClock.nowMs();
    const { type, body } = contentOf(seq, at);
    const fact = sealFact({
      deviceId: pusher.deviceId, seq, id: newId<FactId>(), type, version: factVersions[type], caseId, at, zone: ZONE, actor: pusher.userId,
      basedOn: { caseRevision: 1, scriptVersion: 'reminder@1', policyVersion: null },
    }, newRandomHex(32), body, pusher.lastHash);
    pusher.lastSeq = seq;
    pusher.lastHash = fact.header.hash;
    facts.push(fact);
  }
  return facts;
}

/** Of twenty: ten attempts, four promises, two talks without one, two notes, one callback, one promise that is too high (a flag). */
function contentOf(seq: number, at: number): { type: 'outcome-recorded' | 'note-added'; body: Fact['body'] } {
  const kind = seq % 20;
  if (kind >= 18) return { type: 'note-added', body: { text: 'Richiamare in tarda mattinata: in ufficio risponde la segretaria.' } };
  const plain: OutcomeBody = { code: 'NA', channel: 'phone-outbound', numberId: null, partyId: null, cause: null, note: null, reasons: [], ...noParts };
  return { type: 'outcome-recorded', body: { ...plain, ...said(kind, at) } };
}

function said(kind: number, at: number): Partial<OutcomeBody> {
  if (kind < 10) return {};
  if (kind < 15) {
    return {
      code: 'PTP', cause: 'temporary-liquidity', note: 'Promette di pagare dopo lo stipendio, chiede conferma per posta.',
      promise: {
        currency: 'EUR', method: 'bank-transfer', graceDays: 2, invoices: [],
        parts: [{ dueOn: addDays(dateOfInstant(at, ZONE), 7), amountCents: kind === 14 ? 9_000_000 : 5_000 }],
      },
    };
  }
  if (kind < 17) return { code: 'RPC', cause: 'other', note: 'Ascolta, ringrazia, non si impegna.' };
  return { code: 'CBK', note: 'Preferisce il pomeriggio.', callback: { at: at + 86_400_000, zone: ZONE, audience: 'anyone' } };
}

/** How many rows of the feed a fact of `sealFacts` makes: its case for its owner, its line and its flag for the leads … */
export function feedRowsOf(seq: number): number {
  const kind = seq % 20;
  if (kind >= 18) return 1;
  return kind === 14 ? 4 : 2;
}
