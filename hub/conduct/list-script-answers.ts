/**
 * What people answered along the scripts, for whoever improves them.
 *
 * Invariants: one row for each step that was answered and one for each field that was filled; the case by its creditor's code, and
 * never who asked; read in pages. Of a person who was erased nothing is left to read.
 */
import { z } from 'zod';
import { readBody } from '../../shared/facts/fact-bodies.ts';
import type { FactId } from '../../shared/id.ts';
import { jsonObjectSchema } from '../../shared/json-object.ts';
import { instantSchema } from '../../shared/time.ts';
import type { HubStore } from '../store/hub-store.ts';

const PAGE = 500;

export interface ScriptAnswer {
  creditor: string;
  caseCode: string;
  /** The call, so that rows of one can be put together. */
  call: string | null;
  pack: string;
  version: string;
  locale: 'it' | 'en';
  at: number;
  step: string | null;
  answer: string | null;
  field: string | null;
  value: string | null;
}

const headerSchema = z.object({ type: z.string(), version: z.number(), at: instantSchema, callId: z.string().optional() });

/** @param range instants, the end not included */
export async function* listScriptAnswers(store: HubStore, range: { fromMs: number; toMs: number }): AsyncGenerator<ScriptAnswer> {
  let after = '' as FactId;
  for (;;) {
    const rows = await store.read((tx) =>
      tx.selectFrom('fact_content')
        .innerJoin('facts', (join) => join.onRef('facts.device_id', '=', 'fact_content.device_id').onRef('facts.seq', '=', 'fact_content.seq'))
        .innerJoin('cases', 'cases.case_id', 'fact_content.case_id')
        .innerJoin('creditors', 'creditors.creditor_id', 'cases.creditor_id')
        .select(['fact_content.fact_id', 'facts.header', 'fact_content.body', 'cases.customer_code', 'creditors.name'])
        // Headers are written by JSON.stringify: the type stands in them just so.
        .where('facts.header', 'like', '%"type":"script-followed"%')
        .where('fact_content.fact_id', '>', after).orderBy('fact_content.fact_id').limit(PAGE).execute());
    for (const row of rows) {
      const header = headerSchema.parse(JSON.parse(row.header));
      if (row.body === null || header.at < range.fromMs || header.at >= range.toMs) continue;
      const known = readBody(header.type, header.version, jsonObjectSchema.parse(JSON.parse(row.body)));
      if (known.type !== 'script-followed') continue;
      const { packId, packVersion, locale, path, captured } = known.body;
      const head = { creditor: row.name, caseCode: row.customer_code, call: header.callId ?? null, pack: packId, version: packVersion, locale };
      for (const { stepId, answerId, at } of path) yield { ...head, at, step: stepId, answer: answerId, field: null, value: null };
      for (const [field, value] of Object.entries(captured)) {
        yield { ...head, at: header.at, step: null, answer: null, field, value: typeof value === 'string' ? value : JSON.stringify(value) };
      }
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.fact_id;
  }
}
