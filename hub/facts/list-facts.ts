/**
 * The facts the hub holds, one after the other, for whoever compares or audits.
 *
 * Invariant: each fact once, with the first chain it stood in; read in pages, so that memory stays small.
 */
import type { FactId } from '../../shared/id.ts';
import type { HubStore } from '../store/hub-store.ts';

const PAGE = 1000;

export interface ListedFact { header: unknown; salt: string | null; body: unknown }

export async function* listFacts(store: HubStore): AsyncGenerator<ListedFact> {
  let after = '' as FactId;
  for (;;) {
    const rows = await store.read((tx) =>
      tx.selectFrom('fact_content')
        .innerJoin('facts', (join) =>
          join.onRef('facts.device_id', '=', 'fact_content.device_id').onRef('facts.seq', '=', 'fact_content.seq'))
        .select(['fact_content.fact_id', 'facts.header', 'fact_content.salt', 'fact_content.body'])
        .where('fact_content.fact_id', '>', after).orderBy('fact_content.fact_id').limit(PAGE).execute());
    for (const row of rows) {
      yield { header: JSON.parse(row.header), salt: row.salt, body: row.body === null ? null : JSON.parse(row.body) };
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.fact_id;
  }
}
