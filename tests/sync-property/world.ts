/**
 * Desks, a hub, the lines between them, clocks, disks; and what has been acknowledged.
 *
 * Invariant: a step does what it says through the product's own functions, or answers that there was nothing to do it to.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FactId, UserId } from '../../shared/id.ts';
import { erasePerson } from '../../hub/erasure/erase-person.ts';
import type { Clock } from '../../shared/time.ts';
import { DeskRig, devicesOf, storedFactIds } from './desk-rig.ts';
import type { HubPause, HubSoil, Person } from './hub-rig.ts';
import { HubRig } from './hub-rig.ts';
import type { LinePlan } from './lines.ts';
import { Lines, undisturbed } from './lines.ts';
import { Promised } from './promised.ts';
import { attachTo, futureBody, prepareCommand } from './run-command.ts';
import type { Schedule, Step, StepKind } from './schedule.ts';
import type { Seams } from './seams.ts';
import { Workers } from './workers.ts';

const HOUR_MS = 3_600_000;
const STEP_MS = 60_000;
const MOST_DESKS = 6;

class SkewedClock implements Clock {
  readonly #read: () => number;
  skewMs = 0;
  constructor(read: () => number) {
    this.#read = read;
  }
  nowMs(): number {
    return this.#read() + this.skewMs;
  }
}

export interface WorldSetup { soil: HubSoil; folder: string; deskTemplate: string; seams: Seams }

/** How often each kind of step did what it says. */
export type Tally = Partial<Record<StepKind | 'fault' | 'fork' | 'on the way' | 'refused' | 'physically lost' | 'acknowledged', number>>;

export class World {
  readonly desks: DeskRig[] = [];
  readonly promised = new Promised();
  readonly tally: Tally = {};
  readonly setup: WorldSetup;
  readonly hub: HubRig;
  #nowMs: number;
  readonly #hubClock: SkewedClock;
  /** The hub's, then one for each desk that was there at first; a clone runs by that of its original. */
  readonly #clocks: SkewedClock[];
  readonly #lines: Lines;
  readonly #workers = new Workers(this.desks);

  private constructor(setup: WorldSetup, schedule: Schedule, hub: HubRig, hubClock: SkewedClock, readClock: { nowMs: number }) {
    this.setup = setup;
    this.hub = hub;
    this.#nowMs = readClock.nowMs;
    this.#hubClock = hubClock;
    this.#clocks = [hubClock];
    this.#lines = new Lines({
      hub, seams: setup.seams, compressed: schedule.compressed,
      onFault: () => { this.#count('fault'); },
      onDuring: (desk, command, place) => { this.#command(desk, { do: 'command', desk: 0, command, place, again: false, crash: false }); },
    });
    mkdirSync(setup.folder, { recursive: true });
  }

  /** Every desk is new and has seen the hub once. */
  static async begin(setup: WorldSetup, schedule: Schedule): Promise<World> {
    const start = { nowMs: Date.parse(schedule.start) };
    const late: { world: World | null } = { world: null };
    const hubClock = new SkewedClock(() => late.world?.nowMs ?? start.nowMs);
    const world = new World(setup, schedule, await HubRig.start(setup.soil, { folder: join(setup.folder, 'hub'), seams: setup.seams, clock: hubClock }), hubClock, start);
    late.world = world;
    const [carla, bruno, lea] = setup.soil.agency.people;
    for (const person of [carla, bruno, lea, carla].slice(0, schedule.desks)) world.desks.push(world.#newDesk(person));
    await world.syncAll();
    return world;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  async perform(step: Step): Promise<void> {
    this.#nowMs += STEP_MS;
    this.#workers.tick();
    if (await this.#do(step)) this.#count(step.do);
    this.#workers.check();
  }

  async syncAll(): Promise<void> {
    for (const desk of this.desks) {
      const synced = await this.sync(desk, undisturbed());
      if (synced !== null) throw new Error(`an undisturbed synchronisation failed: ${synced}`);
    }
  }

  /** Answers null, or the code of what went wrong. */
  async sync(desk: DeskRig, plan: LinePlan): Promise<string | null> {
    this.#lines.plan(desk, plan);
    const result = await desk.sync();
    if (result.ok) this.#workers.count(desk);
    return result.ok ? null : `${result.error.code} ${JSON.stringify(result.error.details)}`;
  }

  async end(): Promise<void> {
    for (const desk of this.desks) {
      if (devicesOf(desk).length > 1) this.#count('fork');
      desk.discard();
    }
    await this.hub.discard();
    rmSync(this.setup.folder, { recursive: true, force: true });
  }

  /** Answers whether there was anything to do. */
  async #do(step: Step): Promise<boolean> {
    switch (step.do) {
      case 'command':
        return this.#command(this.#desk(step.desk), step);
      case 'sync': {
        const desk = this.#desk(step.desk);
        const failure = await this.sync(desk, { ...step, asked: 0 });
        if (failure !== null && step.fault === null) throw new Error(`an undisturbed synchronisation failed: ${failure}`);
        if (failure === null && step.during === null) await this.#checkSent(desk);
        if (step.crash) desk.crash();
        return true;
      }
      case 'sync-together':
        await Promise.all(this.desks.map((desk) => this.sync(desk, undisturbed())));
        return true;
      case 'attach-file':
        return this.#attach(this.#desk(step.desk), step);
      case 'erase': {
        const customerId = this.setup.soil.agency.cases[step.customer % this.setup.soil.agency.cases.length]?.customerId;
        if (customerId === undefined) throw new Error('the agency is empty');
        const done = await erasePerson({ store: this.hub.store, dataDir: this.hub.dataDir, clock: this.#hubClock }, { target: { customerId }, reason: 'richiesta', dryRun: false });
        if (!done.ok) throw new Error(done.refusal.code);
        this.promised.addErasure(done.value);
        return true;
      }
      case 'ghost-push':
        return this.#lines.haunt(step.which);
      case 'crash':
        this.#desk(step.desk).crash();
        return true;
      case 'restart':
        this.#desk(step.desk).restart();
        return true;
      case 'back-up-desk':
        this.#desk(step.desk).backUp();
        return true;
      case 'restore-desk': {
        const desk = this.#desk(step.desk);
        const restored = desk.restore();
        if (restored) this.#workers.leaveOut(desk);
        if (restored) await this.#forgetLost();
        return restored;
      }
      case 'clone-disk':
        return this.#clone(this.#desk(step.desk)) !== null;
      case 'diverge': {
        const desk = this.#desk(step.desk);
        const clone = this.#clone(desk);
        if (clone === null) return false;
        for (const each of [desk, clone]) this.#command(each, { do: 'command', desk: 0, command: 'note', place: 0, again: false, crash: false });
        await this.sync(desk, undisturbed());
        await this.sync(clone, undisturbed());
        return true;
      }
      case 'back-up-hub':
        await this.#restartHub('back-up');
        return true;
      case 'restore-hub':
        await this.#restartHub(step.files === 'kept' ? 'restore-database' : 'restore');
        await this.#forgetLost();
        return true;
      case 'restart-hub':
        await this.#restartHub('nothing');
        return true;
      case 'reassign':
        return await this.#reassign(step) !== null;
      case 'take-back': {
        const ownerId = await this.#reassign(step);
        this.#nowMs += step.hours * HOUR_MS;
        for (const desk of this.desks) if (desk.session.user.userId === ownerId) await this.sync(desk, undisturbed());
        return ownerId !== null;
      }
      case 'skew-clock': {
        const clock = this.#clocks[step.clock % this.#clocks.length];
        if (clock === undefined || clock.skewMs === step.hours * HOUR_MS) return true;
        clock.skewMs = step.hours * HOUR_MS;
        if (clock === this.#hubClock) this.#workers.leaveAllOut();
        return true;
      }
      case 'wait':
        this.#nowMs += step.hours * HOUR_MS;
        return true;
    }
  }

  /** Answers to whom; null where the customer was erased. */
  async #reassign(step: { customer: number; owner: number }): Promise<UserId | null> {
    const { cases, people } = this.setup.soil.agency;
    const customerId = cases[step.customer % cases.length]?.customerId;
    const ownerId = people[step.owner % 2]?.user.userId;
    if (customerId === undefined || ownerId === undefined) throw new Error('the agency is empty');
    const done = await this.setup.seams.reassign(this.hub.store, this.#hubClock, { customerId, ownerId });
    if (!done.ok && !(done.refusal.code === 'unknown-customer' && this.promised.erasedCustomers.has(customerId))) throw new Error(done.refusal.code);
    if (done.ok && !done.value.active) this.#count('on the way');
    return done.ok ? ownerId : null;
  }

  #command(desk: DeskRig, step: Extract<Step, { do: 'command' }>): boolean {
    const prepared = prepareCommand(desk, step.command, step.place);
    if (prepared === null) return step.command === 'draft';
    const done = this.setup.seams.runCommand(desk.session.db, () => prepared.send(desk.session));
    if (done.ok) {
      const { factId } = done.value;
      this.promised.facts.add(factId);
      desk.kept.facts.add(factId);
      this.#count('acknowledged');
      if (prepared.isOutcome) desk.kept.drafts.delete(prepared.caseId);
      if (step.command === 'future-fact') this.promised.futureBodies.set(factId, futureBody(this.#futureMark(desk, factId)));
    } else {
      this.#count('refused');
    }
    if (step.crash) desk.crash();
    if (step.again && done.ok) {
      const repeated = prepared.send(desk.session);
      if (!repeated.ok || repeated.value.factId !== done.value.factId) throw new Error('a repeated command was not answered as the first time');
    }
    return done.ok;
  }

  async #attach(desk: DeskRig, step: Extract<Step, { do: 'attach-file' }>): Promise<boolean> {
    const bytes = randomBytes(step.size);
    const done = await attachTo(desk, step.place, bytes);
    if (done === null) return false;
    if (!done.ok) throw new Error(done.error.code);
    this.promised.addFile(done.value.factId, bytes);
    desk.kept.facts.add(done.value.factId);
    this.#count('acknowledged');
    if (step.crash) desk.crash();
    return true;
  }

  #futureMark(desk: DeskRig, factId: FactId): string {
    const row = desk.session.db.prepare<[string], { body: string }>('SELECT body FROM facts WHERE id = ?').get(factId);
    return /dal futuro ([0-9a-f-]+)/.exec(row?.body ?? '')?.[1] ?? 'lost';
  }

  /** An undisturbed push leaves nothing of this store behind, under whatever device id it was written. */
  async #checkSent(desk: DeskRig): Promise<void> {
    const held = await this.hub.factIds();
    const missing = [...storedFactIds(desk.session.db)].filter((factId) => !held.has(factId));
    if (missing.length > 0) throw new Error(`the push ended well and left ${String(missing.length)} facts behind`);
  }

  async #restartHub(meanwhile: HubPause): Promise<void> {
    if (meanwhile === 'restore' || meanwhile === 'restore-database') this.#workers.leaveAllOut();
    await this.hub.restart(meanwhile);
    for (const desk of this.desks) desk.disconnect();
  }

  async #forgetLost(): Promise<void> {
    this.#count('physically lost', await this.promised.forgetLost(this.hub, this.desks));
  }

  #newDesk(person: Person): DeskRig {
    const clock = new SkewedClock(() => this.#nowMs);
    this.#clocks.push(clock);
    return DeskRig.fresh({
      folder: join(this.setup.folder, `desk-${String(this.desks.length)}`), template: this.setup.deskTemplate,
      hubId: this.setup.soil.agency.hubId, person, clock, seams: this.setup.seams,
      wire: (desk) => (request) => this.#lines.carry(desk, request),
    });
  }

  #clone(desk: DeskRig): DeskRig | null {
    if (this.desks.length >= MOST_DESKS) return null;
    const clone = desk.clone(join(this.setup.folder, `desk-${String(this.desks.length)}`));
    this.desks.push(clone);
    this.#workers.leaveOut(desk, clone);
    return clone;
  }

  #desk(index: number): DeskRig {
    const desk = this.desks[index % this.desks.length];
    if (desk === undefined) throw new Error('there are no desks');
    return desk;
  }

  #count(what: keyof Tally, times = 1): void {
    this.tally[what] = (this.tally[what] ?? 0) + times;
  }
}
