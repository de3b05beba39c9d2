/**
 * Takes a person's rows out of the rejects files of imports.
 *
 * A rejected row is a bad row: its code may be missing, its columns may have names that only a user's map knew. So a
 * row is taken out where it is surely this person's, and pointed at where a person must look.
 *
 * Invariants: a row of somebody else stays as it is written; a file is replaced whole (written beside, synced, renamed)
 * or not at all; run twice it changes nothing more.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { cleanCode, cleanText } from '../imports/clean-cell.ts';
import { nameHeaders, recogniseColumns } from '../imports/map-columns.ts';
import { cleanImportLists } from './clean-import-lists.ts';
import type { PersonTraces } from './read-traces.ts';

export const rejectsReportSchema = z.object({
  cleaned: z.array(z.object({ file: z.string(), rows: z.int() })),
  /** Lines that may be about the person: a human decides. */
  toCheck: z.array(z.object({ file: z.string(), line: z.int() })),
});
export type RejectsReport = z.infer<typeof rejectsReportSchema>;

const recordsSchema = z.array(z.object({ record: z.array(z.string()), raw: z.string(), info: z.object({ lines: z.int() }) }));
const TEMPORARY = '.new';

/** @param dryRun only tells what would be taken out */
export async function cleanRejects(dataDir: string, traces: PersonTraces, dryRun: boolean): Promise<RejectsReport> {
  const report: RejectsReport = { cleaned: [], toCheck: [] };
  if (!dryRun) await cleanImportLists(dataDir, traces);
  const folder = join(dataDir, 'rejects');
  if (!existsSync(folder)) return report;
  const person = foldTraces(traces);
  const names = (await readdir(folder)).sort();
  // What a crash left half-written is a copy of a file that still stands.
  if (!dryRun) for (const name of names) if (name.endsWith(TEMPORARY)) await rm(join(folder, name));
  for (const name of names.filter((entry) => entry.endsWith('.csv'))) {
    const file = join(folder, name);
    const [header, ...rows] = readRecords(await readFile(file, 'utf8'));
    if (header === undefined) continue;
    const judge = judgeOf(person, header.cells, name);
    const verdicts = rows.map((row) => judge(row.cells));
    rows.forEach((row, index) => {
      if (verdicts[index] === 'unsure') report.toCheck.push({ file, line: row.line });
    });
    const kept = rows.filter((_row, index) => verdicts[index] !== 'theirs');
    if (kept.length === rows.length) continue;
    report.cleaned.push({ file, rows: rows.length - kept.length });
    if (dryRun) continue;
    if (kept.length === 0) await rm(file);
    else await replace(file, `\ufeff${[header, ...kept].map((row) => row.raw).join('')}`);
  }
  return report;
}

interface Row { cells: string[]; raw: string; line: number }

function readRecords(text: string): Row[] {
  const parsed: unknown = parse(text, {
    delimiter: ';', bom: true, relax_quotes: true, relax_column_count: true, info: true, raw: true,
  });
  return recordsSchema.parse(parsed).map(({ record, raw, info }) => ({ cells: record, raw: `${raw.replace(/^[\r\n]+|[\r\n]+$/g, '')}\r\n`, line: info.lines }));
}

interface FoldedPerson { codesByFile: Map<string, Set<string>>; names: Set<string>; unique: Set<string>; phones: Set<string> }

function foldTraces(traces: PersonTraces): FoldedPerson {
  const codesByFile = new Map<string, Set<string>>();
  for (const { creditorName, code } of traces.codes) {
    const key = rejectsKey(creditorName);
    codesByFile.set(key, (codesByFile.get(key) ?? new Set()).add(cleanCode(code)));
  }
  const foldAll = (values: string[]): Set<string> => new Set(values.map(fold).filter((value) => value !== ''));
  // Shorter digits are anybody's.
  return { codesByFile, names: foldAll(traces.names), unique: foldAll(traces.unique), phones: new Set(traces.phones.filter((digits) => digits.length >= 6)) };
}

type Verdict = 'theirs' | 'unsure' | 'other';

/** How the rows of one file are judged. */
function judgeOf(person: FoldedPerson, header: string[], fileName: string): (cells: string[]) => Verdict {
  const columns = recogniseColumns(nameHeaders(header));
  const codes = [...person.codesByFile].find(([key]) => fileName.startsWith(`rejects-${key}-`))?.[1] ?? null;
  return (cells) => {
    const folded = cells.map(fold);
    if (folded.some((cell) => person.unique.has(cell)) || cells.some((cell) => person.phones.has(cell.replace(/\D/g, '')))) return 'theirs';
    const joined = fold((columns.customerName ?? []).map((index) => cells[index] ?? '').join(' '));
    const isNamed = person.names.has(joined) || folded.some((cell) => person.names.has(cell));
    const isMentioned = [...person.names, ...person.unique].some((text) => folded.some((cell) => cell.includes(text)));
    if (codes === null) return isNamed || isMentioned ? 'unsure' : 'other';
    const [codeColumn] = columns.customerCode ?? [];
    const code = codeColumn === undefined ? null : cleanCode(cells[codeColumn] ?? '');
    // A known code decides: of two people with one name only one has it.
    if (code !== null && code !== '') return codes.has(code) ? 'theirs' : 'other';
    const hasCode = code === null && cells.some((cell) => codes.has(cleanCode(cell)));
    if (isNamed) return code === '' || hasCode ? 'theirs' : 'unsure';
    return hasCode || isMentioned ? 'unsure' : 'other';
  };
}

function fold(text: string): string {
  return cleanText(text).normalize('NFKC').toLowerCase();
}

/** The part of a rejects file's name that stands for its creditor (`rejectsFileName`). */
function rejectsKey(creditorName: string): string {
  return createHash('sha256').update(creditorName).digest('hex').slice(0, 8);
}

async function replace(file: string, text: string): Promise<void> {
  const handle = await open(file + TEMPORARY, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(file + TEMPORARY, file);
}
