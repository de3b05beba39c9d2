/**
 * What the reference of `hub-push` writes, on either store.
 *
 * Invariant: per fact a link, a content, the case's entity, its row in the leads' overview, a line of the lead's list and a
 * feed row each; per push the device's last link, all in one transaction; before them the reads without which the
 * hub could not know what to write. The texts are as long as the hub's own on average at that moment.
 */
import type { Pusher } from './hub-agency.ts';

export interface PushReference {
  /** Takes the present length of texts from the hub's database; outside the measured time. */
  prepare(): Promise<void>;
  /** Pushes of each pusher; answers facts per second. */
  run(pushers: readonly Pusher[], factsPerPush: number, pushes: number): Promise<number>;
  close(): Promise<void>;
}

/** One text of average length each. */
export interface SampleTexts { header: string; body: string; caseEntity: string; incomingEntity: string; searchText: string }

/** Queries for the sample texts, the same on both databases. */
export const sampleQueries: Record<keyof SampleTexts, string> = {
  header: nearest('facts', 'header', ''),
  body: nearest('fact_content', 'body', ''),
  caseEntity: nearest('entities', 'body', `where kind = 'case'`),
  incomingEntity: nearest('entities', 'body', `where kind = 'incoming'`),
  searchText: nearest('case_overview', 'search_text', ''),
};

/** The overview's columns behind id and search text, with values as most cases have them. */
export const overviewRest: Record<string, number | string | null> = {
  creditor_id: '01900000-0000-7000-8000-000000000000', currency: 'EUR', open_cents: 30_100, is_open: 1, recovery: 0, overdue_from: '2026-11-01', available_from: 1_795_000_000_000,
  worked_at: 1_795_000_000_000, talked_at: null, promise_cents: null, agreed_until: null, callback_at: null, disputed: 0, stopped_until: null, waiting: 0, recheck_on: null,
};
export const overviewColumns = ['case_id', 'search_text', ...Object.keys(overviewRest)];
export const replaceOverview = `on conflict (case_id) do update set ${overviewColumns.slice(1).map((column) => `${column} = excluded.${column}`).join(', ')}`;

function nearest(table: string, column: string, where: string): string {
  return `select ${column} as text from ${table} ${where} order by abs(length(${column}) - (select avg(length(${column})) from ${table} ${where})) limit 1`;
}
