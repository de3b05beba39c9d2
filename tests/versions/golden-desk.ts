/** Opens a copy of a golden profile with today's code, as the sign-in does, at an instant that stands still. */
import { join } from 'node:path';
import { z } from 'zod';
import { listAccounts, storeFolder } from '../../electron/desk/profile/accounts.ts';
import { openWithPassword, readKeyring } from '../../electron/desk/profile/keyring.ts';
import { Callers } from '../../electron/desk/inbound/callers.ts';
import { DeskFloor } from '../../electron/desk/floor/desk-floor.ts';
import { CaseBook } from '../../electron/desk/projections/case-book.ts';
import { rebuildListWhereOld } from '../../electron/desk/projections/case-list.ts';
import { listWorklist } from '../../electron/desk/queries/list-worklist.ts';
import { showCase } from '../../electron/desk/queries/show-case.ts';
import type { Session } from '../../electron/desk/session.ts';
import { viewContext } from '../../electron/desk/session.ts';
import { readHeldBlobNames, readStoredAttachments, readWaitingAttachments } from '../../electron/desk/store/attachment-store.ts';
import type { OpenOptions } from '../../electron/desk/store/database.ts';
import { openStore } from '../../electron/desk/store/database.ts';
import { countUnsent, readDeviceId, readUnsentFacts } from '../../electron/desk/store/fact-store.ts';
import { writeLease } from '../../electron/desk/store/lease-watch.ts';
import { HubClient } from '../../electron/desk/sync/hub-client.ts';
import { HubTokens } from '../../electron/desk/sync/hub-tokens.ts';
import { noTelephone } from '../../electron/desk/telephone/desk-telephone.ts';
import { SyncLoop } from '../../electron/desk/sync/sync-loop.ts';
import { noFilter } from '../../shared/contract/worklist-filter.ts';
import { contentOf } from '../../shared/facts/chain.ts';
import { caseIdSchema } from '../../shared/id.ts';
import type { ExpectedDesk } from './golden-stores.ts';
import { goldenHubKey, goldenPassword, goldenZone } from './golden-stores.ts';

/** The path and the key of the one store in a golden profile. */
export async function unlockGoldenStore(profileDir: string): Promise<OpenOptions & { account: ReturnType<typeof listAccounts>[number] }> {
  const [account] = listAccounts(profileDir, goldenHubKey);
  if (account === undefined) throw new Error('a golden profile without an account');
  const folder = storeFolder(profileDir, account);
  const keyring = readKeyring(join(folder, 'keyring.json'));
  const key = keyring === null ? null : await openWithPassword(keyring, goldenPassword);
  if (key === null) throw new Error('the golden password opens nothing');
  return { path: join(folder, 'desk.db'), keyHex: key.toString('hex'), testRuntime: false, account };
}

/** A signed-in session on a copy of a golden profile; nothing runs in it by itself. */
export async function openGoldenDesk(profileDir: string, atMs: number): Promise<Session> {
  const { account, ...options } = await unlockGoldenStore(profileDir);
  const opened = openStore(options);
  if (!opened.ok) throw new Error(opened.error.code);
  const { db, encrypted } = opened.value;
  const clock = { nowMs: () => atMs };
  // What a store holds is looked at, not whether it may be worked: its own lease has ended long ago.
  writeLease(db, { askedAtMs: atMs, endsAtMs: atMs + 1 }, atMs);
  const viewer = { zone: goldenZone, userId: account.user.userId };
  rebuildListWhereOld(db, { ...viewer, nowMs: atMs });
  const nothing = (): void => undefined;
  const sync = new SyncLoop(db, new HubClient('http://127.0.0.1:9'), new HubTokens(db, clock, null), clock, viewer, { onState: nothing, onChanges: nothing, onUpload: nothing, onDirectory: nothing, onFloor: nothing });
  return {
    user: account.user, hubId: account.hubId, folder: join(options.path, '..'), db, encrypted, book: new CaseBook(db), sync, clock, siteZone: goldenZone,
    agencyName: 'Premura', telephone: noTelephone, callers: new Callers(), floor: new DeskFloor(), notify: nothing,
  };
}

/** Everything that must be found in a golden desk. */
export function describeDesk(session: Session): ExpectedDesk {
  const { db } = session;
  const links = readUnsentFacts(db, 0, Number.MAX_SAFE_INTEGER);
  const { rows } = listWorklist(session, { view: 'all', creditorId: null, filter: noFilter, offset: 0, limit: 1_000 });
  const stored = readStoredAttachments(db).map((file) => ({ ...file, state: 'stored' }));
  const waiting = readWaitingAttachments(db).map((file) => ({ ...file, state: 'waiting' }));
  if (readHeldBlobNames(db).size !== stored.length + waiting.length) throw new Error('a file that is neither stored nor waiting');
  return {
    hubId: session.hubId, user: session.user, deviceId: readDeviceId(db), atMs: session.clock.nowMs(),
    facts: links.map((fact) => {
      const { seq, id, type, version, hash, bodyHash } = fact.header;
      return { seq, id, type, version, hash, bodyHash, erased: contentOf(fact) === null };
    }),
    unsentCount: countUnsent(db),
    worklist: rows.map((row) => ({ caseId: row.caseId, customerName: row.customerName, openCents: row.openCents, isDraft: hasDraft(session, row.caseId) })),
    cases: rows.map(({ caseId }) => {
      const held = session.book.get(caseId, viewContext(session));
      if (held === null) throw new Error('a case of the list that the book does not hold');
      const { promise, disputes, callback, history } = held.view.folded;
      return {
        caseId, disputes: disputes.length, callbackAt: callback?.at ?? null,
        promise: promise === null ? null : {
          promiseId: promise.promiseId, amountCents: promise.amountCents, currency: promise.currency, dueOn: promise.dueOn, method: promise.method,
        },
        history: history.map(({ kind, factId }) => ({ kind, factId })),
      };
    }),
    attachments: [...stored, ...waiting].map(({ factId, state, sizeBytes }) => ({ factId, state, sizeBytes })).sort((a, b) => (a.factId < b.factId ? -1 : 1)),
    erasedCases: z.array(z.object({ case_id: caseIdSchema })).parse(db.prepare('SELECT case_id FROM erased_cases ORDER BY case_id').all()).map((row) => row.case_id),
  };
}

function hasDraft(session: Session, caseId: ExpectedDesk['worklist'][number]['caseId']): boolean {
  const shown = showCase(session, { caseId });
  if (!shown.ok) throw new Error(shown.error.code);
  return shown.value.draft !== null;
}
