/** A day at the site, from midnight to midnight: 23, 24 or 25 hours. */
import type { PlainDate } from '../../shared/time.ts';
import { addDays, dateOfInstant, instantOf, timeOfInstant } from '../../shared/time.ts';
import { SITE_ZONE } from '../site-zone.ts';

export interface SiteDay { date: PlainDate; startMs: number; endMs: number }

export function siteDayOf(nowMs: number): SiteDay {
  const date = dateOfInstant(nowMs, SITE_ZONE);
  return { date, startMs: instantOf(date, '00:00', SITE_ZONE), endMs: instantOf(addDays(date, 1), '00:00', SITE_ZONE) };
}

/** The hour that the site's clock shows. */
export function hourOfInstant(instantMs: number): number {
  return Number(timeOfInstant(instantMs, SITE_ZONE).slice(0, 2));
}
