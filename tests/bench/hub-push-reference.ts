/**
 * What the reference of `hub-push` writes, on either store.
 *
 * Invariant: per fact a link, a content, the case's entity, a line of the lead's list and a
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
export interface SampleTexts { header: string; body: string; caseEntity: string; incomingEntity: string }

/** Queries for the sample texts, the same on both databases. */
export const sampleQueries: Record<keyof SampleTexts, string> = {
  header: nearest('facts', 'header', ''),
  body: nearest('fact_content', 'body', ''),
  caseEntity: nearest('entities', 'body', `where kind = 'case'`),
  incomingEntity: nearest('entities', 'body', `where kind = 'incoming'`),
};

function nearest(table: string, column: string, where: string): string {
  return `select ${column} as text from ${table} ${where} order by abs(length(${column}) - (select avg(length(${column})) from ${table} ${where})) limit 1`;
}
