/**
 * What must hold when every line is up and everything has been sent.
 *
 * Invariant: each problem is a sentence; none means that the schedule ended well. Nothing here asks the code under test
 * whether it is right: what a desk shows is compared with a fold of what the hub's chains hold.
 */
import { isDeepStrictEqual } from 'node:util';
import { rebuildList } from '../../electron/desk/projections/case-list.ts';
import { keepListCurrent } from '../../electron/desk/projections/keep-list-current.ts';
import { searchCases } from '../../electron/desk/projections/case-search.ts';
import { viewContext } from '../../electron/desk/session.ts';
import { countUnsent } from '../../electron/desk/store/fact-store.ts';
import { audiencesOf, parseAudiences } from '../../hub/feed/audience.ts';
import { buildIncoming } from '../../hub/facts/build-incoming.ts';
import { verifyChains } from '../../hub/facts/verify-chains.ts';
import type { LoadedCase } from '../../hub/receivables/load-case.ts';
import { loadCase } from '../../hub/receivables/load-case.ts';
import type { CaseEntity, CaseFact } from '../../shared/case/case-entity.ts';
import { foldCase } from '../../shared/case/fold-case.ts';
import { checkLink, contentOf } from '../../shared/facts/chain.ts';
import { chainedFactSchema } from '../../shared/facts/fact-header.ts';
import type { CaseId, FactId } from '../../shared/id.ts';
import { flagEntitySchema } from '../../shared/protocol/feed-protocol.ts';
import { checkDeskErasuresAndFiles, checkHubErasuresAndFiles } from './check-erased.ts';
import type { DeskRig } from './desk-rig.ts';
import { devicesOf, storedFactIds } from './desk-rig.ts';
import { heldCaseIds } from './run-command.ts';
import type { World } from './world.ts';

interface StoredEntity { kind: string; id: string; body: unknown; audiences: string[] }

interface HubState {
  /** Facts by id, with the chain they first stood in. */
  factIds: FactId[];
  bodies: Map<FactId, unknown>;
  entities: StoredEntity[];
  cases: Map<CaseId, LoadedCase>;
}

/** Sends and fetches until nothing moves, then looks. */
export async function drainAndCheck(world: World): Promise<string[]> {
  // Twice: what the last desk pushes is news for the first.
  await world.syncAll();
  await world.syncAll();
  const hub = await readHub(world);
  const report = await verifyChains(world.hub.store);
  return [
    ...report.broken.map((broken) => `hub: chain ${broken.deviceId} ${String(broken.seq)}: ${broken.fault}`),
    ...checkArrival(world, hub),
    ...checkEffects(hub),
    ...await checkHubErasuresAndFiles(world),
    ...world.desks.flatMap((desk, index) => [...checkDesk(world, desk, hub), ...checkDeskErasuresAndFiles(world, desk)].map((problem) => `desk ${String(index)}: ${problem}`)),
  ];
}

async function readHub(world: World): Promise<HubState> {
  return world.hub.store.read(async (tx) => {
    const content = await tx.selectFrom('fact_content').select(['fact_id', 'body']).execute();
    const entities = await tx.selectFrom('entities').selectAll().execute();
    const cases = new Map<CaseId, LoadedCase>();
    for (const { caseId } of world.setup.soil.agency.cases) {
      const loaded = await loadCase(tx, caseId);
      if (loaded !== null) cases.set(caseId, loaded);
    }
    return {
      factIds: content.map((row) => row.fact_id),
      bodies: new Map(content.map((row) => [row.fact_id, row.body === null ? null : JSON.parse(row.body)])),
      entities: entities.map((row) => ({ kind: row.kind, id: row.id, body: JSON.parse(row.body), audiences: parseAudiences(row.audiences) })),
      cases,
    };
  });
}

function checkArrival(world: World, hub: HubState): string[] {
  const counts = new Map<FactId, number>();
  for (const factId of hub.factIds) counts.set(factId, (counts.get(factId) ?? 0) + 1);
  const problems: string[] = [];
  for (const factId of world.promised.facts) {
    const count = counts.get(factId) ?? 0;
    if (count !== 1) problems.push(`acknowledged fact ${factId} is at the hub ${String(count)} times`);
  }
  for (const [factId, body] of world.promised.futureBodies) {
    if (counts.has(factId) && hub.bodies.get(factId) !== null && !isDeepStrictEqual(hub.bodies.get(factId), body)) problems.push(`the body of ${factId}, of a later version, was changed`);
  }
  return problems;
}

/** Each fact counts once in its case, its line of the lead's list and its flags. */
function checkEffects(hub: HubState): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  const incoming = new Map(hub.entities.filter((entity) => entity.kind === 'incoming').map((entity) => [entity.id, entity.body]));
  for (const entity of hub.entities) {
    if (entity.kind === 'flag') {
      const { factId, code } = flagEntitySchema.parse(entity.body);
      if (seen.has(`${factId} ${code}`)) problems.push(`fact ${factId} is flagged twice with ${code}`);
      seen.add(`${factId} ${code}`);
    }
  }
  for (const [caseId, { entity, ownerId }] of hub.cases) {
    const published = hub.entities.find((candidate) => candidate.kind === 'case' && candidate.id === caseId);
    if (!isDeepStrictEqual(published?.body, plain(entity))) problems.push(`hub: case ${caseId} is not published as its facts make it`);
    if (!isDeepStrictEqual(published?.audiences, ownerId === null ? [] : [`user:${ownerId}`])) problems.push(`hub: case ${caseId} is shown to others than its owner`);
    const ids = entity.facts.map((fact) => fact.id);
    if (new Set(ids).size !== ids.length) problems.push(`hub: case ${caseId} carries a fact twice`);
    for (const line of buildIncoming(entity, new Set(ids), new Set())) {
      if (!isDeepStrictEqual(incoming.get(line.id), plain(line.body))) problems.push(`hub: the lead's line of ${line.id} is not what counts now`);
      incoming.delete(line.id);
    }
  }
  for (const id of incoming.keys()) problems.push(`hub: a line of the lead's list without its fact: ${id}`);
  return problems;
}

function checkDesk(world: World, desk: DeskRig, hub: HubState): string[] {
  const { db } = desk.session;
  const problems: string[] = [];
  const own = storedFactIds(db);
  const atHub = new Set(hub.factIds);
  if (countUnsent(db) !== 0) problems.push(`${String(countUnsent(db))} facts count as unsent`);
  for (const factId of own) if (!atHub.has(factId)) problems.push(`fact ${factId} never arrived`);
  for (const factId of desk.kept.facts) if (!own.has(factId)) problems.push(`acknowledged fact ${factId} is gone from the disk`);
  const drafts = new Map(db.prepare<[], { case_id: string; body: string }>('SELECT case_id, body FROM drafts').all()
    .map((row) => [row.case_id, (JSON.parse(row.body) as { note: string }).note]));
  if (!isDeepStrictEqual(drafts, new Map<string, string>([...desk.kept.drafts].filter(([caseId]) => !world.promised.erasedCases.has(caseId))))) problems.push('the drafts are not those that were typed last');
  return [...problems, ...checkHoldings(desk, hub), ...checkViews(world, desk, hub), ...checkRebuild(desk), ...checkOwnChains(desk)];
}

/**
 * No cursor skipped a row: the desk holds what its person may see, all of it, as it is now, and nothing else. Marks of the desk's own
 * (`~…`) are no holdings: a case that went while it was open is in no list (`taken-cases.ts`, and `workers.ts` checks the lists).
 */
function checkHoldings(desk: DeskRig, hub: HubState): string[] {
  const mine = audiencesOf(desk.setup.person.user) as string[];
  const due = new Map(hub.entities.filter((entity) => entity.audiences.some((audience) => mine.includes(audience))).map((entity) => [`${entity.kind} ${entity.id}`, entity.body]));
  const problems: string[] = [];
  for (const row of desk.session.db.prepare<[], { kind: string; id: string; body: string }>("SELECT kind, id, body FROM entities WHERE kind NOT GLOB '~*'").all()) {
    const key = `${row.kind} ${row.id}`;
    if (!due.has(key)) problems.push(`holds ${key}, which is not for its person`);
    else if (!isDeepStrictEqual(JSON.parse(row.body), due.get(key))) problems.push(`holds an old ${key}`);
    due.delete(key);
  }
  for (const key of due.keys()) problems.push(`never got ${key}`);
  return problems;
}

/** What the screen folds is the fold of the hub's facts, and what a later version wrote is there for it. */
function checkViews(world: World, desk: DeskRig, hub: HubState): string[] {
  const problems: string[] = [];
  const context = viewContext(desk.session);
  for (const caseId of heldCaseIds(desk.session)) {
    const shown = desk.session.book.get(caseId, context)?.view.folded;
    const entity = hub.cases.get(caseId)?.entity;
    const union = entity === undefined ? [] : shuffled(entity.facts);
    if (!isDeepStrictEqual(shown, foldCase(union))) problems.push(`case ${caseId} is not the fold of all facts`);
    for (const fact of union) {
      const future = world.promised.futureBodies.get(fact.id);
      if (future !== undefined && !hasUpgradedNote(union, fact)) problems.push(`fact ${fact.id} does not come to life after an upgrade`);
    }
    if (entity !== undefined) problems.push(...checkSearchable(desk, entity));
  }
  return problems;
}

/** As a later version would read it: version 2 of a note upcast to version 1. */
function hasUpgradedNote(facts: readonly CaseFact[], future: CaseFact): boolean {
  const upgraded = facts.map((fact) => (fact.id === future.id ? { ...fact, type: 'note-added', version: 1, body: { text: (fact.body as { lines: string[] }).lines.join('\n') } } : fact));
  const before = foldCase(facts).history.find((entry) => entry.factId === future.id);
  const after = foldCase(upgraded).history.find((entry) => entry.factId === future.id);
  return before?.kind === 'unknown' && after?.kind === 'note' && after.text.startsWith('dal futuro');
}

function checkSearchable(desk: DeskRig, entity: CaseEntity): string[] {
  const [word = ''] = entity.customer.name.split(' ');
  return searchCases(desk.session.db, word, 50).includes(entity.caseId) ? [] : [`case ${entity.caseId} is not found by "${word}"`];
}

/** The list and the search as they were kept equal those made anew. */
function checkRebuild(desk: DeskRig): string[] {
  const { db } = desk.session;
  const context = viewContext(desk.session);
  keepListCurrent(desk.session);
  const columns = 'case_id, creditor_id, creditor_name, customer_name, order_class, sort_key, available_from, open_cents, disputed_cents, callback_at, agreed_until, last_outcome_at, claimable_cents, oldest_due_on';
  // `ready` alone looks back: a clock that went back takes it again at the next start (rebuildListWhereOld).
  const tooLate = db.prepare<[number], { count: number }>('SELECT count(*) AS count FROM case_list WHERE ready = 0 AND available_from <= ?').get(context.nowMs)?.count;
  const read = (): unknown[] => [
    ...db.prepare(`SELECT ${columns} FROM case_list ORDER BY case_id`).all(),
    ...['anna', 'officina', 'condo tigli', 'perche', '0001', 'credi'].map((text) => searchCases(db, text, 50).toSorted()),
  ];
  const live = read();
  const held = heldCaseIds(desk.session);
  db.transaction(() => { rebuildList(db, context); }).immediate();
  const listed = db.prepare<[], { case_id: string }>('SELECT case_id FROM case_list ORDER BY case_id').all().map((row) => row.case_id);
  return [
    ...(tooLate === 0 ? [] : ['a case that waited long enough is not set free']),
    ...(isDeepStrictEqual(read(), live) ? [] : ['list or search differ from rebuilt ones']),
    ...(isDeepStrictEqual(listed, held) ? [] : ['the list is not of the cases held']),
  ];
}

function checkOwnChains(desk: DeskRig): string[] {
  const problems: string[] = [];
  for (const deviceId of devicesOf(desk)) {
    const rows = desk.session.db.prepare<[string], { header: string; salt: string | null; body: string | null }>('SELECT header, salt, body FROM facts WHERE device_id = ? ORDER BY seq').all(deviceId);
    let before: { seq: number; hash: string } | null = null;
    for (const row of rows) {
      const fact = chainedFactSchema.parse({ header: JSON.parse(row.header), salt: row.salt, body: row.body === null ? null : JSON.parse(row.body) });
      const { header } = fact;
      const fault = checkLink(header, contentOf(fact), before);
      if (fault !== null) problems.push(`own chain ${deviceId} ${String(header.seq)}: ${fault}`);
      before = { seq: header.seq, hash: header.hash };
    }
  }
  return problems;
}

/** Another order, the same each time: the fold may not depend on it. */
function shuffled(facts: readonly CaseFact[]): CaseFact[] {
  return facts.toSorted((a, b) => (a.id.slice(-6) < b.id.slice(-6) ? -1 : 1));
}

/** As JSON would carry it. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
