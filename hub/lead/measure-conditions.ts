/**
 * What each measure of a list means, as a condition on its row: the same for counting and for finding.
 *
 * Invariant: "today" is the site's, and comes with the question; a measure never looks at who.
 */
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Tone } from '../../shared/case/case-entity.ts';
import type { CaseMeasure } from '../../shared/protocol/lead-protocol.ts';
import { addDays, dateOfInstant, instantOf } from '../../shared/time.ts';
import { SITE_ZONE } from '../site-zone.ts';

export interface MeasureConditions { tone: RawBuilder<Tone>; measures: Record<CaseMeasure, RawBuilder<boolean>> }

export function measureConditions(nowMs: number): MeasureConditions {
  const today = dateOfInstant(nowMs, SITE_ZONE);
  const startMs = instantOf(today, '00:00', SITE_ZONE);
  const endMs = instantOf(addDays(today, 1), '00:00', SITE_ZONE);
  const condition = (text: RawBuilder<unknown>): RawBuilder<boolean> => sql<boolean>`(is_open = 1 and ${text})`;
  return {
    tone: sql<Tone>`case when overdue_from is null or overdue_from >= ${today} then 'courtesy' when recovery = 1 then 'recovery' else 'reminder' end`,
    measures: {
      cases: sql<boolean>`(is_open = 1)`,
      toWork: condition(sql`available_from <= ${nowMs}`),
      // What was worked today counts although it may have been settled since.
      workedToday: sql<boolean>`(worked_at >= ${startMs})`,
      talkedToday: sql<boolean>`(talked_at >= ${startMs})`,
      promises: condition(sql`agreed_until >= ${today}`),
      promisesBroken: condition(sql`agreed_until < ${today}`),
      callbacksToday: condition(sql`callback_at >= ${nowMs} and callback_at < ${endMs}`),
      callbacksLate: condition(sql`callback_at < ${nowMs}`),
      disputes: condition(sql`disputed = 1`),
      stopped: condition(sql`stopped_until >= ${today}`),
      waiting: condition(sql`waiting = 1`),
    },
  };
}
