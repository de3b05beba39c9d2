/** `import FILE --creditor NAME …`: one creditor's file, CSV or XLSX, invoices, customers or payments, into the hub. */
import { basename, join } from 'node:path';
import { z } from 'zod';
import { importContentSchema } from '../../shared/protocol/import-columns.ts';
import type { PlainDate } from '../../shared/time.ts';
import { dateOfInstant, plainDateSchema, systemClock } from '../../shared/time.ts';
import { describeImportError } from '../imports/describe-import-error.ts';
import { importFile, rejectsFileName } from '../receivables/import-file.ts';
import type { ImportReport } from '../receivables/import-report.ts';
import { readColumnMap } from '../receivables/read-import-options.ts';
import { printJson, readOptions, say, UsageError, withStore } from './read-options.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const optionsSchema = z.object({
  creditor: z.string({ error: 'whose receivables are these? Give the creditor’s name.' }).trim().min(1).max(200),
  map: z.array(z.string()).default([]),
  'date-format': z.string().optional(),
  currency: z.string().optional(),
  content: importContentSchema.default('invoices'),
  sheet: z.string().optional(),
  'as-of': plainDateSchema.optional(),
  'site-zone': z.string().default('Europe/Rome'),
  'dry-run': z.boolean().default(false),
  json: z.boolean().default(false),
});

export async function runImport(args: string[]): Promise<number> {
  const { location, options, positionals } = readOptions(
    args,
    {
      creditor: text, map: { type: 'string', multiple: true }, 'date-format': text, currency: text, content: text, sheet: text, 'as-of': text, 'site-zone': text,
      'dry-run': flag, json: flag,
    },
    optionsSchema, 1,
  );
  const [path] = positionals;
  if (path === undefined) throw new UsageError('import needs the FILE.');
  const map = options.map.length === 0 ? { ok: true as const, value: {} } : readColumnMap(options.map.join(','));
  if (!map.ok) throw new UsageError(map.refusal.message);
  const asOf: PlainDate = options['as-of'] ?? dateOfInstant(systemClock.nowMs(), options['site-zone']);
  return withStore(location, async (store) => {
    const imported = await importFile(store, systemClock, {
      file: { path }, fileName: basename(path), creditorName: options.creditor, asOf, dryRun: options['dry-run'],
      options: {
        map: map.value, content: options.content, ...(options.sheet === undefined ? {} : { sheet: options.sheet }),
        ...(options['date-format'] === undefined ? {} : { dateFormat: options['date-format'] }),
        ...(options.currency === undefined ? {} : { currency: options.currency }),
      },
      rejectsPath: join(location.dataDir, 'rejects', rejectsFileName(systemClock, options.creditor)),
    });
    if (!imported.ok) {
      say(describeImportError(imported.error, 'en') ?? imported.error.code);
      return 1;
    }
    if (options.json) printJson(jsonReport(imported.value));
    else describe(imported.value, options['dry-run']);
    return 0;
  }, 'make');
}

/** `missing` stands in the JSON only where something is. */
function jsonReport({ missing, ...report }: ImportReport): Partial<ImportReport> {
  return missing.length === 0 ? report : { ...report, missing };
}

function describe(report: ImportReport, dryRun: boolean): void {
  const { customers, invoices, open, payments } = report;
  const amounts = (byCurrency: Record<string, string>): string =>
    Object.entries(byCurrency).map(([currency, amount]) => `${currency} ${amount}`).join(', ') || '0';
  const lines = [
    ...(dryRun ? ['Dry run: nothing was stored.'] : []),
    ...(payments === undefined ? [] : [
      `Payments: ${String(payments.new)} new of ${String(payments.customers)} customers, ${amounts(payments.amount)}; ${String(payments.known)} known, ${String(payments.rejected)} rejected.`,
      ...(Object.keys(payments.left).length === 0 ? [] : [`Not taken by any invoice, nothing was open for it: ${amounts(payments.left)}.`]),
      ...payments.notes.map(({ line, code, value, of }) => `  line ${String(line)}: ${code === 'payment-left-over' ? 'left over' : 'counted already'} ${value} of ${of}`),
    ]),
    ...(payments !== undefined ? [] : [
      `Customers: ${String(customers.new)} new, ${String(customers.updated)} updated, ${String(customers.unchanged)} unchanged.`,
      `Invoices: ${String(invoices.new)} new, ${String(invoices.updated)} updated, ${String(invoices.unchanged)} unchanged, ${String(invoices.rejected)} rejected.`,
      `Amount of all valid rows: ${amounts(report.amount)}.`,
      `Open: ${String(open.invoices)} invoices of ${String(open.customers)} customers, ${amounts(open.amount)}, ${String(open.overdue)} overdue.`,
    ]),
    ...(report.rejects === null ? [] : [`Rows that were not taken, each with its reason: ${report.rejects}`]),
    ...(report.missing.length === 0 ? [] : [`Open at the hub and not in this file (${String(report.missing.length)}): ask, do not assume they were paid.`]),
    ...report.missing.map((invoice) =>
      `  ${invoice.customerCode}  ${invoice.invoiceNumber}  issued ${invoice.issueDate}  due ${invoice.dueDate}  ${invoice.currency} ${invoice.residual}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
