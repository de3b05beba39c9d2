/**
 * The floor as it is told: `own` to a person's own desk, `helps` to leads, `people` to leads who watch the board.
 *
 * Invariants: what is told carries a name and for how long, never an instant; `people` is null on every day that no agreement covers it, and
 * the states are forgotten then. Changes within a third of a second are told together, each time as a whole.
 */
import type { UserId } from '../../shared/id.ts';
import type { FloorPeople, Helps, OwnFloor } from '../../shared/protocol/floor-protocol.ts';
import { floorPeopleSchema, helpsSchema, ownFloorSchema } from '../../shared/protocol/floor-protocol.ts';
import type { AgreementScope } from '../../shared/protocol/workers-agreement-protocol.ts';
import { agreementCovers } from '../../shared/protocol/workers-agreement-protocol.ts';
import type { Clock } from '../../shared/time.ts';
import { dateOfInstant } from '../../shared/time.ts';
import { listWorkersAgreements } from '../conduct/workers-agreement.ts';
import { SITE_ZONE } from '../site-zone.ts';
import type { HubStore } from '../store/hub-store.ts';
import type { Floor } from './floor.ts';

const TOGETHER_MS = 300;
/** The day, or the agreement, may have become another one. */
const LOOK_AGAIN_MS = 15_000;

export type FloorEvent = 'own' | 'helps' | 'people';
type SendEvent = (event: FloorEvent, message: Buffer) => void;

export interface FloorTelling { floor: Floor; store: HubStore; clock: Clock; onError: (error: unknown) => void }

const nameSets = new WeakMap<HubStore, Map<UserId, string>>();

/** Whether the agreement on record covers this today. */
export async function isAgreed({ store, clock }: Pick<FloorTelling, 'store' | 'clock'>, scope: AgreementScope): Promise<boolean> {
  const { versions } = await store.read(listWorkersAgreements);
  return agreementCovers(versions[0] ?? null, scope, dateOfInstant(clock.nowMs(), SITE_ZONE));
}

/** To everybody's own desk, as long as it is connected; to a lead's also who asks for help. Answers how to stop. */
export function tellDesk(telling: FloorTelling, person: { userId: UserId; isLead: boolean }, send: SendEvent): () => void {
  const { floor } = telling;
  const { userId, isLead } = person;
  const stops = [
    floor.connect(userId),
    keepTelling(telling, (changedId) => changedId === null || changedId === userId, 0, async () => { send('own', render('own', ownFloorSchema.parse(await ownFloor(telling, userId)))); }).stop,
  ];
  if (isLead) stops.push(keepTelling(telling, () => true, 0, async () => { send('helps', render('helps', helpsSchema.parse({ helps: await helpsOf(telling) }))); }).stop);
  return () => { for (const stop of stops) stop(); };
}

/** To all leads who watch the board: told once for all, and only while somebody watches. */
export class PeopleStream {
  readonly #telling: FloorTelling;
  readonly #watchers = new Set<(message: Buffer) => void>();
  #last: Buffer | null = null;
  #stop: (() => void) | null = null;

  constructor(telling: FloorTelling) {
    this.#telling = telling;
  }

  /** Answers how to stop. */
  watch(watcher: (message: Buffer) => void): () => void {
    this.#watchers.add(watcher);
    if (this.#stop === null) this.#begin();
    else if (this.#last !== null) watcher(this.#last);
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.stop();
    };
  }

  stop(): void {
    this.#stop?.();
    this.#stop = this.#last = null;
  }

  #begin(): void {
    const kept = keepTelling(this.#telling, () => true, TOGETHER_MS, async () => {
      this.#last = render('people', floorPeopleSchema.parse({ people: await peopleOf(this.#telling) }));
      for (const watcher of this.#watchers) watcher(this.#last);
    });
    const again = setInterval(kept.again, LOOK_AGAIN_MS);
    again.unref();
    const stopListening = this.#telling.store.onRevision(kept.again);
    this.#stop = () => {
      clearInterval(again);
      kept.stop();
      stopListening();
    };
  }
}

/** Tells at once, and after each change; one at a time, and what is told is what stands when it begins. */
function keepTelling({ floor, onError }: FloorTelling, concerns: (userId: UserId | null) => boolean, restMs: number, tell: () => Promise<void>): { again: () => void; stop: () => void } {
  let isTelling = false;
  let isStale = false;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const goesOn = (): boolean => isStale && !isOver;
  const run = async (): Promise<void> => {
    isTelling = true;
    try {
      do {
        isStale = false;
        await tell();
      } while (goesOn());
    } finally {
      isTelling = false;
    }
  };
  const plan = (): void => {
    isStale = true;
    if (isTelling || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      run().catch(onError);
    }, restMs);
  };
  const stop = floor.onChange((userId) => { if (concerns(userId)) plan(); });
  run().catch(onError);
  return {
    again: plan,
    stop: () => {
      isOver = true;
      clearTimeout(timer);
      stop();
    },
  };
}

async function ownFloor(telling: FloorTelling, userId: UserId): Promise<OwnFloor> {
  const { help, listeners, release } = telling.floor.of(userId);
  return {
    help: help === null ? null : { comingName: await nameOrNull(telling, help.comingId) },
    listeners: await Promise.all([...listeners].map(async ([listeningId, { byId, how }]) => ({ listeningId, byName: await nameOf(telling, byId), how }))),
    release: release === null ? null : { releaseId: release.releaseId, byName: await nameOf(telling, release.byId), reason: release.reason },
  };
}

function helpsOf(telling: FloorTelling): Promise<Helps> {
  return Promise.all(telling.floor.everybody().flatMap(([userId, { help }]) => (help === null ? [] : [(async () => ({
    userId, displayName: await nameOf(telling, userId), comingName: await nameOrNull(telling, help.comingId),
  }))()])));
}

async function peopleOf(telling: FloorTelling): Promise<FloorPeople> {
  const { floor, clock } = telling;
  if (!(await isAgreed(telling, 'named-states'))) {
    floor.forgetStates();
    return null;
  }
  const nowMs = clock.nowMs();
  const people = await Promise.all(floor.everybody().flatMap(([userId, { state }]) => (state === null ? [] : [(async () => ({
    userId, displayName: await nameOf(telling, userId), state: state.name, forMs: Math.max(0, Math.round(nowMs - state.sinceMs)), isOver: state.isOver,
  }))()])));
  return people.sort((a, b) => (a.displayName < b.displayName ? -1 : 1));
}

function nameOrNull(telling: FloorTelling, userId: UserId | null): Promise<string> | null {
  return userId === null ? null : nameOf(telling, userId);
}

async function nameOf({ store }: FloorTelling, userId: UserId): Promise<string> {
  const known = nameSets.get(store) ?? new Map<UserId, string>();
  nameSets.set(store, known);
  const name = known.get(userId) ?? (await store.lookup((tx) => tx.selectFrom('users').select('display_name').where('user_id', '=', userId).executeTakeFirst()))?.display_name ?? '';
  known.set(userId, name);
  return name;
}

function render(event: FloorEvent, data: unknown): Buffer {
  return Buffer.from(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
