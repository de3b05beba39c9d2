/**
 * A real desk in this process: its store on files, its commands, its synchronisation; only timers and windows are missing.
 *
 * Invariants: a crash keeps exactly the bytes that lie in the files at that moment; a backup is a copy of them; a clone is a
 * second desk on such a copy. `kept` is what this store acknowledged and must still hold after any reopening.
 */
import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { blobsOf } from '../../electron/desk/attachments/attachment-blobs.ts';
import { Callers } from '../../electron/desk/inbound/callers.ts';
import { DeskFloor } from '../../electron/desk/floor/desk-floor.ts';
import { CaseBook } from '../../electron/desk/projections/case-book.ts';
import { rebuildListWhereOld } from '../../electron/desk/projections/case-list.ts';
import type { Session } from '../../electron/desk/session.ts';
import { viewContext } from '../../electron/desk/session.ts';
import type { Sqlite } from '../../electron/desk/store/database.ts';
import { openStore } from '../../electron/desk/store/database.ts';
import { readMeta, writeMeta } from '../../electron/desk/store/meta.ts';
import { catchUpFeed } from '../../electron/desk/sync/catch-up-feed.ts';
import { HubClient } from '../../electron/desk/sync/hub-client.ts';
import { HubTokens } from '../../electron/desk/sync/hub-tokens.ts';
import { pushFacts, reconcileDevice } from '../../electron/desk/sync/push-facts.ts';
import { noTelephone } from '../../electron/desk/telephone/desk-telephone.ts';
import { SyncLoop } from '../../electron/desk/sync/sync-loop.ts';
import { uploadAttachments } from '../../electron/desk/sync/upload-attachments.ts';
import type { CaseId, DeviceId, FactId, HubId } from '../../shared/id.ts';
import { factIdSchema, newId, newRandomHex } from '../../shared/id.ts';
import type { Result } from '../../shared/result.ts';
import { ok } from '../../shared/result.ts';
import type { Clock } from '../../shared/time.ts';
import type { Person } from './hub-rig.ts';
import type { Seams } from './seams.ts';
import { cutWire, layWire } from './wire.ts';
import type { Wire } from './wire.ts';

export const ZONE = 'Europe/Rome';
const keyHex = newRandomHex(32);

export interface DeskSetup {
  /** A folder of its own. */
  folder: string;
  /** An empty store to begin with. */
  template: string;
  hubId: HubId;
  person: Person;
  clock: Clock;
  seams: Seams;
  wire(desk: DeskRig): Wire;
}

/** What a store must still hold. */
export interface Kept { facts: Set<FactId>; drafts: Map<CaseId, string> }

/** Makes the empty store that all desks begin with. */
export function prepareDesk(folder: string): string {
  const path = join(folder, 'template.db');
  const opened = openStore({ path, keyHex, testRuntime: false });
  if (!opened.ok) throw new Error(opened.error.code);
  opened.value.db.close();
  return path;
}

export class DeskRig {
  readonly setup: DeskSetup;
  readonly url: string;
  kept: Kept = { facts: new Set(), drafts: new Map() };
  #backup: { folder: string; kept: Kept } | null = null;
  #generation = 0;
  #isConnected = false;
  #session: Session | null = null;
  #client: HubClient;

  private constructor(setup: DeskSetup) {
    this.setup = setup;
    this.url = layWire(setup.wire(this));
    this.#client = new HubClient(this.url);
  }

  static fresh(setup: DeskSetup): DeskRig {
    const desk = new DeskRig(setup);
    mkdirSync(desk.#folder(), { recursive: true });
    copyFileSync(setup.template, join(desk.#folder(), 'desk.db'));
    desk.#open();
    return desk;
  }

  /** A second desk on a copy of this one's disk. */
  clone(folder: string): DeskRig {
    const desk = new DeskRig({ ...this.setup, folder });
    copyStore(this.#folder(), desk.#folder());
    desk.kept = copyKept(this.kept);
    desk.#open();
    return desk;
  }

  get session(): Session {
    if (this.#session === null) throw new Error('the desk is not running');
    return this.#session;
  }

  /** The process dies: what lies in the files is all there is. */
  crash(): void {
    const before = this.#folder();
    this.#generation += 1;
    copyStore(before, this.#folder());
    this.#close();
    rmSync(before, { recursive: true });
    this.#open();
  }

  restart(): void {
    this.#close();
    this.#open();
  }

  backUp(): void {
    const folder = join(this.setup.folder, 'backup');
    rmSync(folder, { recursive: true, force: true });
    copyStore(this.#folder(), folder);
    this.#backup = { folder, kept: copyKept(this.kept) };
  }

  /** Answers false, and makes a backup, when there is none. */
  restore(): boolean {
    if (this.#backup === null) {
      this.backUp();
      return false;
    }
    this.#close();
    rmSync(this.#folder(), { recursive: true });
    copyStore(this.#backup.folder, this.#folder());
    this.kept = copyKept(this.#backup.kept);
    this.#open();
    return true;
  }

  /** The line to the hub was down: the next round begins as after a reconnect. */
  disconnect(): void {
    this.#isConnected = false;
  }

  /** One round as the sync loop runs it. */
  async sync(): Promise<Result<null>> {
    const synced = await this.#round();
    this.#isConnected = synced.ok;
    return synced;
  }

  async #round(): Promise<Result<null>> {
    const { db } = this.session;
    const { seams } = this.setup;
    const { signal } = new AbortController();
    const isFirst = !this.#isConnected;
    seams.beforeSync(db);
    if (isFirst) {
      const reconciled = await reconcileDevice(db, this.#client, signal);
      if (!reconciled.ok) return reconciled;
    }
    const pushed = await pushFacts(db, this.#client, signal, () => undefined);
    if (!pushed.ok) return pushed;
    const pulled = await catchUpFeed({
      db, client: this.#client, clock: this.setup.clock, signal, apply: (page) => { seams.applyPage(db, page, viewContext(this.session)); },
    });
    if (!pulled.ok) return pulled;
    const uploaded = await uploadAttachments({
      db, blobs: blobsOf(db), clock: this.setup.clock, client: this.#client, signal, budgetMs: Number.POSITIVE_INFINITY, recheck: isFirst, onProgress: nothing,
    });
    return uploaded.ok ? ok(null) : uploaded;
  }

  discard(): void {
    this.#close();
    cutWire(this.url);
  }

  #folder(): string {
    return join(this.setup.folder, `disk-${String(this.#generation)}`);
  }

  /** As the desk's own sign-in opens it. */
  #open(): void {
    const { person, clock, hubId } = this.setup;
    const opened = openStore({ path: join(this.#folder(), 'desk.db'), keyHex, testRuntime: false });
    if (!opened.ok) throw new Error(opened.error.code);
    const { db, encrypted } = opened.value;
    if (readMeta(db, 'deviceId') === null) writeMeta(db, 'deviceId', newId<DeviceId>());
    const viewer = { zone: ZONE, userId: person.user.userId };
    rebuildListWhereOld(db, { ...viewer, nowMs: clock.nowMs() });
    this.#client = new HubClient(this.url);
    this.#client.accessToken = person.token;
    this.#isConnected = false;
    const sync = new SyncLoop(db, this.#client, new HubTokens(db, clock, null), clock, viewer, silentListener);
    this.#session = {
      user: person.user, hubId, folder: this.#folder(), db, encrypted, book: new CaseBook(db), sync, clock, siteZone: ZONE, agencyName: 'Premura', telephone: noTelephone, callers: new Callers(), floor: new DeskFloor(),
      notify: nothing,
    };
  }

  #close(): void {
    this.session.db.close();
    this.#session = null;
  }
}

function nothing(): void {
  return;
}

const silentListener = { onState: nothing, onChanges: nothing, onUpload: nothing, onDirectory: nothing, onFloor: nothing };

function copyStore(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of ['desk.db', 'desk.db-wal', 'attachments']) {
    if (existsSync(join(from, name))) cpSync(join(from, name), join(to, name), { recursive: true });
  }
}

function copyKept(kept: Kept): Kept {
  return { facts: new Set(kept.facts), drafts: new Map(kept.drafts) };
}

/** Every fact of a store, under any device, each once. */
export function storedFactIds(db: Sqlite): Set<FactId> {
  const rows = db.prepare<[], { id: string }>('SELECT DISTINCT id FROM facts').all();
  return new Set(rows.map((row) => factIdSchema.parse(row.id)));
}

/** The devices under which a store has written. */
export function devicesOf(desk: DeskRig): DeviceId[] {
  return desk.session.db.prepare<[], { device_id: DeviceId }>('SELECT DISTINCT device_id FROM facts').all().map((row) => row.device_id);
}
