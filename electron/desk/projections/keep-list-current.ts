/**
 * What the list owes to the clock: cases whose time has come are set free, and on a new day of the site the rows that
 * read otherwise from it on are placed anew.
 *
 * Invariant: a day costs one look at an index and the rows that turn, never all; asked again on the same day, only the
 * waiting ones are looked for. A disk that takes no writing leaves the list as it stands, and it is tried again.
 */
import type { PlainDate } from '../../../shared/time.ts';
import { dateOfInstant } from '../../../shared/time.ts';
import type { ReadingSession } from '../session.ts';
import { viewContext } from '../session.ts';
import type { Sqlite } from '../store/database.ts';
import { storeFailure } from '../store/store-failure.ts';
import { readTurned } from './appointments.ts';
import { releaseWaiting } from './case-list.ts';

const turnedOn = new WeakMap<Sqlite, PlainDate>();

/** Before any answer about the list. */
export function keepListCurrent(session: ReadingSession): void {
  const context = viewContext(session);
  const today = dateOfInstant(context.nowMs, context.zone);
  if (turnedOn.get(session.db) !== today) turnRows(session, today);
  releaseWaiting(session.db, context.nowMs);
}

function turnRows({ db, book, ...viewer }: ReadingSession, today: PlainDate): void {
  const turned = readTurned(db, today);
  const context = viewContext(viewer);
  try {
    if (turned.length > 0) db.transaction(() => { for (const caseId of turned) book.placeAgain(caseId, context); }).immediate();
    turnedOn.set(db, today);
  } catch (error) {
    if (storeFailure(error).error.code === 'store-damaged') throw error;
  }
}
