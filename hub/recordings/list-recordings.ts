/** The recordings that the hub knows of, by the facts that carry them. */
import type { CallRecordedBody } from '../../shared/facts/recording-bodies.ts';
import { readBody } from '../../shared/facts/fact-bodies.ts';
import { factHeaderSchema } from '../../shared/facts/fact-header.ts';
import type { CaseId, FactId } from '../../shared/id.ts';
import type { Tx } from '../store/tables.ts';

export interface KnownRecording { factId: FactId; caseId: CaseId | null; body: CallRecordedBody; isStored: boolean }

const PER_STATEMENT = 400;

/** Those of erased people are none any more. Oldest first. @param among these facts only; looks at every fact where it is left out */
export async function listRecordings(tx: Tx, among: readonly FactId[] | null = null): Promise<KnownRecording[]> {
  if (among === null) return readRecordings(tx, null);
  const found: KnownRecording[] = [];
  for (let start = 0; start < among.length; start += PER_STATEMENT) found.push(...await readRecordings(tx, among.slice(start, start + PER_STATEMENT)));
  return found;
}

async function readRecordings(tx: Tx, among: readonly FactId[] | null): Promise<KnownRecording[]> {
  const all = tx
    .selectFrom('fact_content')
    .innerJoin('facts', (join) => join.onRef('facts.device_id', '=', 'fact_content.device_id').onRef('facts.seq', '=', 'fact_content.seq'))
    .leftJoin('attachments', 'attachments.fact_id', 'fact_content.fact_id')
    .select(['facts.header', 'fact_content.fact_id', 'fact_content.body', 'fact_content.case_id', 'attachments.stored_at'])
    .where('facts.header', 'like', '%"type":"call-recorded"%').where('fact_content.body', 'is not', null);
  const rows = await (among === null ? all : all.where('fact_content.fact_id', 'in', among)).orderBy('fact_content.fact_id').execute();
  return rows.flatMap(({ header: text, fact_id: factId, body, case_id: caseId, stored_at: storedAt }) => {
    const header = factHeaderSchema.parse(JSON.parse(text));
    const read = readBody(header.type, header.version, body === null ? null : JSON.parse(body));
    return read.type === 'call-recorded' ? [{ factId, caseId, body: read.body, isStored: storedAt !== null }] : [];
  });
}
