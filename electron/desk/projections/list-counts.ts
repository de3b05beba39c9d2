/**
 * How many cases each view of the worklist holds, and how much of them is open, by creditor and currency: kept while rows
 * change, so that asking for the list looks at no row that it does not show.
 *
 * Invariants: the counts are temporary tables with triggers, in memory, and roll back with the rows they count; they hold for one
 * day of the site and are made anew on the next; a page of many cases forgets them instead of counting each (a trigger makes the
 * search index write what it gathers, case by case), and the next question counts once. They equal a look at all rows (tested).
 */
import { z } from 'zod';
import type { WorklistViewName } from '../../../shared/contract/screens.ts';
import { worklistViews } from '../../../shared/contract/screens.ts';
import { creditorIdSchema } from '../../../shared/id.ts';
import type { PlainDate } from '../../../shared/time.ts';
import { viewConditions } from '../queries/worklist-conditions.ts';
import type { Sqlite } from '../store/database.ts';
import { prepared } from '../store/statements.ts';

/** What the views' conditions depend on besides the rows. */
export interface CountedDay { startOfDayMs: number; today: PlainDate }

export const countsSchema = z.array(z.object({
  creditorId: creditorIdSchema, name: z.string(), currency: z.string(), openCents: z.int(), claimableCents: z.int(),
}).and(z.record(z.enum(worklistViews), z.int())));
export type Counts = z.infer<typeof countsSchema>;

const sums = ['open', 'claimable'] as const;
const columns = worklistViews.flatMap((view) => [`"${view}"`, ...sums.map((sum) => `"${view} ${sum}"`)]);
const triggers = ['insert', 'update_before', 'update_after', 'delete'].map((name) => `list_counts_${name}`);

const countedDays = new WeakMap<Sqlite, CountedDay>();

/** Of one view, by creditor and currency; counts of the others beside it. */
export function readCounts(db: Sqlite, view: WorklistViewName, day: CountedDay): Counts {
  const counted = countedDays.get(db);
  if (counted?.startOfDayMs !== day.startOfDayMs || counted.today !== day.today) countAll(db, day);
  return countsSchema.parse(prepared(db, `SELECT creditor_id AS creditorId, creditor_name AS name, currency, ${worklistViews.map((entry) => `"${entry}"`).join(', ')},
    "${view} open" AS openCents, "${view} claimable" AS claimableCents FROM list_counts WHERE "all" > 0 ORDER BY creditor_name`).all());
}

/** Before many rows change at once. */
export function forgetCounts(db: Sqlite): void {
  if (!countedDays.delete(db)) return;
  drop(db);
}

function countAll(db: Sqlite, day: CountedDay): void {
  db.transaction(() => {
    drop(db);
    db.exec(`CREATE TEMP TABLE list_counts (creditor_id TEXT, creditor_name TEXT, currency TEXT, ${columns.join(', ')},
      PRIMARY KEY (creditor_id, creditor_name, currency)) WITHOUT ROWID;
      INSERT INTO list_counts ${sumsOf(day)} FROM case_list GROUP BY creditor_id, creditor_name, currency;
      CREATE TEMP TRIGGER list_counts_insert AFTER INSERT ON main.case_list BEGIN ${addRow(day, '+', 'NEW')} END;
      CREATE TEMP TRIGGER list_counts_update_before BEFORE UPDATE ON main.case_list BEGIN ${addRow(day, '-', 'OLD')} END;
      CREATE TEMP TRIGGER list_counts_update_after AFTER UPDATE ON main.case_list BEGIN ${addRow(day, '+', 'NEW')} END;
      CREATE TEMP TRIGGER list_counts_delete BEFORE DELETE ON main.case_list BEGIN ${addRow(day, '-', 'OLD')} END;`);
  })();
  countedDays.set(db, day);
}

function drop(db: Sqlite): void {
  db.exec([...triggers.map((name) => `DROP TRIGGER IF EXISTS temp.${name};`), 'DROP TABLE IF EXISTS temp.list_counts;'].join('\n'));
}

/** Triggers bind nothing: the day stands in their text. */
function sumsOf(day: CountedDay): string {
  const values = worklistViews.flatMap((view) => {
    const condition = viewConditions[view].replaceAll('@startOfDayMs', String(day.startOfDayMs)).replaceAll('@today', `'${day.today}'`);
    return [`count(*) FILTER (WHERE ${condition})`, ...sums.map((sum) => `ifnull(sum(${sum}_cents) FILTER (WHERE ${condition}), 0)`)];
  });
  return `SELECT creditor_id, creditor_name, currency, ${values.join(', ')}`;
}

function addRow(day: CountedDay, sign: '+' | '-', row: 'NEW' | 'OLD'): string {
  const changes = columns.map((column) => `${column} = list_counts.${column} ${sign} excluded.${column}`);
  return `INSERT INTO list_counts ${sumsOf(day)} FROM case_list WHERE list_id = ${row}.list_id GROUP BY creditor_id, creditor_name, currency
    ON CONFLICT DO UPDATE SET ${changes.join(', ')};`;
}
