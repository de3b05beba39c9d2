/** A creditor's mapping: what its columns were the last time, kept until the next. */
import { z } from 'zod';
import type { ImportContent } from '../../../shared/protocol/import-columns.ts';
import { columnMappingSchema, dateFormatSchema } from '../../../shared/protocol/import-protocol.ts';
import { currencySchema } from '../../../shared/money/currency.ts';
import type { Tx } from '../../store/tables.ts';

const savedMappingSchema = z.object({ map: z.array(columnMappingSchema), dateFormat: dateFormatSchema.nullable(), currency: currencySchema });
export type SavedMapping = z.infer<typeof savedMappingSchema>;

export async function findMapping(tx: Tx, creditorName: string, content: ImportContent): Promise<SavedMapping | null> {
  const row = await tx.selectFrom('import_mappings').select('body').where('creditor_name', '=', creditorName).where('content', '=', content).executeTakeFirst();
  return row === undefined ? null : savedMappingSchema.parse(JSON.parse(row.body));
}

export async function saveMapping(tx: Tx, creditorName: string, content: ImportContent, mapping: SavedMapping): Promise<void> {
  const body = JSON.stringify(savedMappingSchema.parse(mapping));
  await tx.insertInto('import_mappings').values({ creditor_name: creditorName, content, body })
    .onConflict((oc) => oc.columns(['creditor_name', 'content']).doUpdateSet({ body })).execute();
}
