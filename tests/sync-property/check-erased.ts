/**
 * Erased stays erased, and an attached file is at the hub, whole.
 *
 * Invariant: of an erased person links and ids are left, at the hub and on each desk, whatever was restored or pushed since.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { searchCases } from '../../electron/desk/projections/case-search.ts';
import { readEntitiesAbout } from '../../hub/erasure/erase-in-store.ts';
import { verifyChains } from '../../hub/facts/verify-chains.ts';
import type { DeskRig } from './desk-rig.ts';
import type { World } from './world.ts';

/** What the hub still has of erased persons, and the files it lacks. */
export async function checkHubErasuresAndFiles(world: World): Promise<string[]> {
  const { hub, promised } = world;
  const problems: string[] = [];
  const erased = [...promised.erasedCases];
  const left = await hub.store.read(async (tx) => ({
    cases: erased.length === 0 ? [] : await tx.selectFrom('cases').select('case_id').where('case_id', 'in', erased).execute(),
    invoices: erased.length === 0 ? [] : await tx.selectFrom('invoices').select('case_id').where('case_id', 'in', erased).execute(),
    contents: await tx.selectFrom('fact_content').select(['fact_id', 'case_id', 'body']).execute(),
    entities: await readEntitiesAbout(tx, erased),
  }));
  for (const { case_id: caseId } of [...left.cases, ...left.invoices]) problems.push(`hub: the erased case ${caseId} is back`);
  for (const { kind, id } of left.entities) problems.push(`hub: ${kind} ${id} of an erased person is published`);
  const erasedFacts = new Set(left.contents.filter((row) => row.case_id !== null && promised.erasedCases.has(row.case_id)).map((row) => row.fact_id));
  for (const row of left.contents) {
    if (row.body !== null && erasedFacts.has(row.fact_id)) problems.push(`hub: the body of the erased fact ${row.fact_id} is back`);
  }
  for (const name of namesIn(join(hub.dataDir, 'attachments'))) {
    const factId = left.contents.find((row) => name.startsWith(row.fact_id))?.fact_id;
    if (factId !== undefined && erasedFacts.has(factId)) problems.push(`hub: the file ${name} of an erased person is there`);
  }
  const { unexplained } = await verifyChains(hub.store);
  if (unexplained > 0) problems.push(`hub: ${String(unexplained)} facts lost their bodies without an erasure`);
  const whole = await hub.wholeFiles();
  for (const [factId, hash] of promised.files) {
    if (!erasedFacts.has(factId) && (!whole.has(factId) || hub.fileHash(factId) !== hash)) problems.push(`the attached file of ${factId} is not at the hub, whole`);
  }
  return problems;
}

/** What a desk still has of erased persons, and files that cannot leave it. */
export function checkDeskErasuresAndFiles(world: World, desk: DeskRig): string[] {
  const { db, folder } = desk.session;
  const problems: string[] = [];
  const count = (sql: string, ...values: string[]): number => db.prepare<string[], { count: number }>(`SELECT count(*) AS count FROM ${sql}`).get(...values)?.count ?? 0;
  for (const caseId of world.promised.erasedCases) {
    const left = {
      bodies: count('facts WHERE case_id = ? AND (body IS NOT NULL OR salt IS NOT NULL)', caseId),
      drafts: count('drafts WHERE case_id = ?', caseId),
      files: count('attachments WHERE case_id = ?', caseId),
      entities: count(`entities WHERE kind <> 'erasure' AND (id = ? OR json_extract(body, '$.caseId') = ?)`, caseId, caseId),
      lines: count('case_list WHERE case_id = ?', caseId),
      answers: count(`command_log WHERE json_extract(reply, '$.factId') IN (SELECT id FROM facts WHERE case_id = ?)`, caseId),
    };
    for (const [what, found] of Object.entries(left)) if (found > 0) problems.push(`has ${String(found)} ${what} of the erased case ${caseId}`);
    for (const text of ['anna', 'officina', 'condominio', 'perche']) {
      if (searchCases(db, text, 50).includes(caseId)) problems.push(`finds the erased case ${caseId} by "${text}"`);
    }
  }
  const named = new Set(db.prepare<[], { attachment_id: string }>('SELECT attachment_id FROM attachments').all().map((row) => row.attachment_id));
  for (const name of namesIn(join(folder, 'attachments'))) if (!named.has(name)) problems.push(`keeps the blob ${name}, which no fact names`);
  const stuck = count("attachments WHERE state <> 'stored'");
  if (stuck > 0) problems.push(`${String(stuck)} files have not arrived`);
  return problems;
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
