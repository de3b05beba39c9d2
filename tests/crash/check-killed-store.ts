/**
 * Looks into a desk's store as a kill left it: on a copy, so that the desk itself still has to
 * recover the original.
 *
 * Invariants checked: every acknowledged command is there with its fact; every fact has its
 * command and every command its fact (nothing half-applied); the chain has no gap; no marker
 * stands twice; a draft is there only while its outcome is not; the search index equals one
 * rebuilt from nothing; the case view shows every fact.
 */
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { openWithPassword, readKeyring } from '../../electron/desk/profile/keyring.ts';
import { CaseBook } from '../../electron/desk/projections/case-book.ts';
import { rebuildList, releaseWaiting } from '../../electron/desk/projections/case-list.ts';
import { searchCases } from '../../electron/desk/projections/case-search.ts';
import type { Sqlite } from '../../electron/desk/store/database.ts';
import { openStore } from '../../electron/desk/store/database.ts';
import { readUnsentFacts } from '../../electron/desk/store/fact-store.ts';
import { readMeta } from '../../electron/desk/store/meta.ts';
import { checkLink } from '../../shared/facts/chain.ts';
import type { ChainedFact, Fact } from '../../shared/facts/fact-header.ts';
import type { UserId } from '../../shared/id.ts';
import { caseIdSchema, factIdSchema } from '../../shared/id.ts';
import { userSchema } from '../../shared/protocol/session-protocol.ts';
import { systemClock } from '../../shared/time.ts';
import { isCompanion, markerOf, repeated } from '../simulate/audit.ts';
import type { Acknowledged } from '../simulate/operator.ts';

const replySchema = z.object({ factId: factIdSchema });

/** The key of one operator's store; it stays the same, so it is unwrapped once. */
export async function readStoreKey(profileDir: string, password: string): Promise<{ folder: string; keyHex: string }> {
  const folder = storeFolderIn(profileDir);
  const keyring = readKeyring(join(folder, 'keyring.json'));
  const key = keyring === null ? null : await openWithPassword(keyring, password);
  if (key === null) throw new Error('the store key cannot be unwrapped');
  return { folder, keyHex: key.toString('hex') };
}

/**
 * Answers what is wrong, in sentences; empty when the store is whole.
 *
 * @param typedAgain - markers of outcomes sent once more without an answer: their drafts were typed again, so they may stand beside the outcome
 */
export function checkKilledStore(
  store: { folder: string; keyHex: string }, acknowledged: readonly Acknowledged[], typedAgain: ReadonlySet<string> = new Set(),
): string[] {
  const setAside = readdirSync(store.folder).filter((name) => name.includes('.damaged-') || name.includes('.salvaged'));
  if (setAside.length > 0) return [`a kill was taken for damage: ${setAside.join(', ')}`];
  const copy = mkdtempSync(join(tmpdir(), 'premura-killed-'));
  try {
    for (const name of ['desk.db', 'desk.db-wal', 'desk.db-wal.kept', 'desk.db.witness']) {
      if (existsSync(join(store.folder, name))) copyFileSync(join(store.folder, name), join(copy, name));
    }
    const opened = openStore({ path: join(copy, 'desk.db'), keyHex: store.keyHex, testRuntime: false });
    if (!opened.ok) return [`the store does not open: ${opened.error.code}`];
    const { db } = opened.value;
    try {
      const integrity = db.pragma('integrity_check', { simple: true });
      return [...(integrity === 'ok' ? [] : [`integrity: ${String(integrity)}`]), ...checkFacts(db, acknowledged, typedAgain), ...checkList(db)];
    } finally {
      db.close();
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function checkFacts(db: Sqlite, acknowledged: readonly Acknowledged[], typedAgain: ReadonlySet<string>): string[] {
  const wrong: string[] = [];
  const facts = readUnsentFacts(db, 0, Number.MAX_SAFE_INTEGER).map(wholeFact);
  const factIds = new Set<string>(facts.map((fact) => fact.header.id));
  const commands = new Map(
    db.prepare<[], { command_id: string; reply: string }>('SELECT command_id, reply FROM command_log').all()
      .map((row) => [row.command_id, replySchema.parse(JSON.parse(row.reply)).factId as string]),
  );
  for (const { commandId, factId } of acknowledged) {
    if (!factIds.has(factId)) wrong.push(`lost: fact ${factId} was acknowledged`);
    if (commands.get(commandId) !== factId) wrong.push(`command ${commandId} was acknowledged with fact ${factId} and is logged with ${String(commands.get(commandId))}`);
  }
  for (const factId of commands.values()) if (!factIds.has(factId)) wrong.push(`half: command without its fact ${factId}`);
  const logged = new Set(commands.values());
  const told = new Set(facts.flatMap(({ header }) => (logged.has(header.id) ? header.callId ?? [] : [])));
  for (const { header: { id, type, callId } } of facts) {
    const isTold = isCompanion(type) ? callId !== undefined && told.has(callId) : logged.has(id);
    if (!isTold) wrong.push(`half: fact ${id} without its command`);
  }
  for (const marker of repeated(facts.flatMap((fact) => markerOf(fact) ?? []))) wrong.push(`doubled: ${marker}`);
  return [...wrong, ...checkChain(facts), ...checkDrafts(db, facts, typedAgain), ...checkView(db, facts)];
}

/** Nobody is erased here, so no fact may be without its content. */
function wholeFact(fact: ChainedFact): Fact {
  if (fact.salt === null) throw new Error(`fact ${fact.header.id} lost its content`);
  return fact;
}

function checkChain(facts: readonly Fact[]): string[] {
  let before: { seq: number; hash: string } | null = null;
  const wrong: string[] = [];
  for (const { header, salt, body } of facts) {
    const fault = checkLink(header, { salt, body }, before);
    if (fault !== null) wrong.push(`chain: seq ${String(header.seq)}: ${fault}`);
    before = { seq: header.seq, hash: header.hash };
  }
  return wrong;
}

/** An outcome and the end of its draft are one transaction. */
function checkDrafts(db: Sqlite, facts: readonly Fact[], typedAgain: ReadonlySet<string>): string[] {
  const saved = new Set(facts.filter((fact) => fact.header.type === 'outcome-recorded').map(markerOf));
  return db.prepare<[], { body: string }>('SELECT body FROM drafts').all()
    .map((row) => z.object({ note: z.string() }).parse(JSON.parse(row.body)).note)
    .filter((note) => saved.has(note) && !typedAgain.has(note))
    .map((note) => `half: the draft of ${note} outlived its outcome`);
}

/** The case view, folded from what the disk holds, shows every fact once. */
function checkView(db: Sqlite, facts: readonly Fact[]): string[] {
  const book = new CaseBook(db);
  const userText = readMeta(db, 'user');
  if (userText === null) return ['the store does not know whose it is'];
  const context = { nowMs: systemClock.nowMs(), zone: 'Europe/Rome', userId: userSchema.parse(JSON.parse(userText)).userId };
  return facts.flatMap(({ header }) => {
    const held = book.get(caseIdSchema.parse(header.caseId), context);
    const shown = held?.view.folded.history.filter((entry) => entry.factId === header.id).length ?? 0;
    return shown === 1 ? [] : [`the case shows fact ${header.id} ${String(shown)} times`];
  });
}

/** The list as it was kept equals the list made anew from entities and facts. */
function checkList(db: Sqlite): string[] {
  const context = { nowMs: systemClock.nowMs(), zone: 'Europe/Rome', userId: userIdOf(db) };
  releaseWaiting(db, context.nowMs);
  const read = (): unknown[] => db.prepare(`SELECT case_id, creditor_id, creditor_name, customer_name, order_class, sort_key, available_from,
    ready, open_cents, disputed_cents, callback_at, agreed_until, last_outcome_at FROM case_list ORDER BY case_id`).all();
  const live = JSON.stringify(read());
  const found = searchCases(db, 'cliente', 1_000).length + searchCases(db, 'c', 1_000).length;
  db.transaction(() => { rebuildList(db, context); }).immediate();
  const foundAgain = searchCases(db, 'cliente', 1_000).length + searchCases(db, 'c', 1_000).length;
  return [
    ...(JSON.stringify(read()) === live ? [] : ['the list differs from a rebuilt one']),
    ...(found === foundAgain ? [] : ['the search index differs from a rebuilt one']),
  ];
}

function userIdOf(db: Sqlite): UserId {
  const userText = readMeta(db, 'user');
  if (userText === null) throw new Error('the store does not know whose it is');
  return userSchema.parse(JSON.parse(userText)).userId;
}

function storeFolderIn(profileDir: string): string {
  const stores = join(profileDir, 'stores');
  const [hubId] = readdirSync(stores);
  const [userId] = hubId === undefined ? [] : readdirSync(join(stores, hubId));
  if (hubId === undefined || userId === undefined) throw new Error('there is no store');
  return join(stores, hubId, userId);
}
