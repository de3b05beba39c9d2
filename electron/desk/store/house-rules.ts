/**
 * What was published for the house, as this store holds it: conduct per creditor, the agency's calendar, rates, certificates.
 *
 * Invariants: read from the entities once and remembered until one of them changes (`forgetHouse`, in the transaction of the page and
 * again when that rolls back); the same conduct is the same object, so that policies and hours made of it are made once.
 */
import type { Tone } from '../../../shared/case/case-entity.ts';
import type { House } from '../../../shared/case/contact-rules.ts';
import { standardHouse } from '../../../shared/case/contact-rules.ts';
import type { CreditorId, UserId } from '../../../shared/id.ts';
import type { RateTables } from '../../../shared/interest/standard-rates.ts';
import { ratesInForce } from '../../../shared/interest/standard-rates.ts';
import type { Conduct } from '../../../shared/protocol/conduct-protocol.ts';
import type { EntityKind } from '../../../shared/protocol/feed-protocol.ts';
import type { ScriptPack } from '../../../shared/script/script-pack.ts';
import type { WorkersAgreementEntity } from '../../../shared/protocol/workers-agreement-protocol.ts';
import { readScriptPack } from '../../../shared/script/script-pack.ts';
import type { PlainDate } from '../../../shared/time.ts';
import type { Sqlite } from './database.ts';
import { readEntities } from './entity-store.ts';

/** What the house publishes: it may change what any case may do. */
export const ruleKinds = ['conduct', 'calendar', 'script', 'certificate', 'workers-agreement', 'rates', 'priority'] as const satisfies EntityKind[];

const houses = new WeakMap<Sqlite, House>();

const practice = new WeakSet<Sqlite>();

/** This store holds invented data: whoever opens it says so before anything is placed. */
export function markPractice(db: Sqlite): void {
  practice.add(db);
}

export function houseOf(db: Sqlite): House {
  const known = houses.get(db);
  if (known !== undefined) return known;
  const conducts = new Map<CreditorId, Conduct>(readEntities(db, 'conduct').map(({ body }) => [body.creditorId, body]));
  const house: House = {
    conductOf: (creditorId) => conducts.get(creditorId) ?? standardHouse.conductOf(creditorId),
    calendar: readEntities(db, 'calendar')[0]?.body ?? standardHouse.calendar,
    priorities: readEntities(db, 'priority').map(({ body }) => body).sort((a, b) => b.at - a.at),
    isPractice: practice.has(db),
  };
  houses.set(db, house);
  return house;
}

export function forgetHouse(db: Sqlite): void {
  houses.delete(db);
}

/** What an operator is trained for in a tone, on a day of the site. */
export function readCertificate(db: Sqlite, userId: UserId, tone: Tone, today: PlainDate): 'none' | 'trainee' | 'full' {
  const held = readEntities(db, 'certificate').map(({ body }) => body)
    .filter((body) => body.userId === userId && body.tone === tone && body.since <= today && (body.until === null || body.until >= today));
  return held.find(({ level }) => level === 'full')?.level ?? held[0]?.level ?? 'none';
}

/** The agreement with the workers as it was published last; null: none is on record. */
export function readWorkersAgreement(db: Sqlite): WorkersAgreementEntity | null {
  return readEntities(db, 'workers-agreement')[0]?.body ?? null;
}

const rates = new WeakMap<House, RateTables>();

/** The rate tables in force: as published last, else the product's own. */
export function readRates(db: Sqlite): RateTables {
  const house = houseOf(db);
  const known = rates.get(house) ?? ratesInForce(readEntities(db, 'rates').map(({ body }) => body));
  rates.set(house, known);
  return known;
}

const scripts = new WeakMap<House, ScriptPack[]>();

/** The scripts in force that the house published; one in a form of a newer build is left out, and the standard one stands in. */
export function publishedScripts(db: Sqlite): readonly ScriptPack[] {
  const house = houseOf(db);
  const known = scripts.get(house);
  if (known !== undefined) return known;
  const read = readEntities(db, 'script').filter(({ body }) => body.isInForce).flatMap(({ body }) => {
    const pack = readScriptPack(body.pack);
    return pack.ok ? [pack.value] : [];
  });
  scripts.set(house, read);
  return read;
}
