/**
 * The lines between the desks and the hub, and what goes wrong on them.
 *
 * Invariant: a line carries nothing outside a planned synchronisation; whatever writes at the hub once may arrive again, at any later time.
 */
import { pushRequestSchema } from '../../shared/protocol/push-protocol.ts';
import type { DeskRig } from './desk-rig.ts';
import type { HubRig } from './hub-rig.ts';
import type { CommandKind, LineFault } from './schedule.ts';
import type { Seams } from './seams.ts';
import type { WireAnswer, WireRequest } from './wire.ts';
import { isPush, LineDropped } from './wire.ts';

/** What a wire does to the requests of the present synchronisation. */
export interface LinePlan { fault: LineFault | null; duplicate: boolean; asked: number; during: { command: CommandKind; at: number } | null }

export const undisturbed = (): LinePlan => ({ fault: null, duplicate: false, asked: 0, during: null });

export interface LinesSetup {
  hub: HubRig;
  seams: Seams;
  /** The hub answers the feed in zstd where asked. */
  compressed: boolean;
  onFault(): void;
  /** The operator works on while a request is under way. */
  onDuring(desk: DeskRig, command: CommandKind, place: number): void;
}

export class Lines {
  readonly #setup: LinesSetup;
  readonly #plans = new Map<DeskRig, LinePlan>();
  readonly #past: WireRequest[] = [];

  constructor(setup: LinesSetup) {
    this.#setup = setup;
  }

  plan(desk: DeskRig, plan: LinePlan): void {
    this.#plans.set(desk, plan);
  }

  async carry(desk: DeskRig, asked: WireRequest): Promise<WireAnswer> {
    const plan = this.#plans.get(desk);
    if (plan === undefined) throw new Error('a request outside a synchronisation');
    const place = plan.asked;
    plan.asked += 1;
    const fault = plan.fault?.at === place ? plan.fault : null;
    if (fault !== null) this.#setup.onFault();
    if (fault?.what === 'drop-request') throw new LineDropped();
    if (asked.method !== 'GET') this.#past.push(asked);
    if (plan.duplicate && asked.method !== 'GET') await this.#ask(asked);
    const answer = await this.#ask(asked);
    if (plan.during?.at === place) this.#setup.onDuring(desk, plan.during.command, place);
    if (fault?.what === 'drop-answer') throw new LineDropped();
    return fault?.what === 'cut' ? { ...answer, cutAfter: Math.floor(answer.payload.length * fault.part) } : answer;
  }

  /** A request of the past arrives late, or again; false when there is none. */
  async haunt(which: number): Promise<boolean> {
    const past = this.#past[which % Math.max(1, this.#past.length)];
    if (past === undefined) return false;
    await this.#ask(past);
    return true;
  }

  async #ask(asked: WireRequest): Promise<WireAnswer> {
    const { seams, hub, compressed } = this.#setup;
    const request = await seams.ask(compressed ? asked : { ...asked, headers: { ...asked.headers, 'accept-encoding': 'identity' } }, hub.store);
    const { afterPush } = seams;
    const known = isPush(request) && afterPush !== null ? await hub.factIds() : null;
    const response = await hub.app.inject({
      method: request.method, url: request.path, headers: request.headers, ...(request.body === null ? {} : { payload: request.body }),
    });
    if (response.statusCode >= 500) throw new Error(`the hub failed: ${response.payload}`);
    if (afterPush !== null && known !== null && isPush(request)) await afterPush(hub.store, pushRequestSchema.parse(JSON.parse(request.body)).facts, known);
    const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
    return seams.answer(request, { status: response.statusCode, headers, payload: response.rawPayload, cutAfter: null });
  }
}
