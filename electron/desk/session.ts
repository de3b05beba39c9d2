/**
 * A signed-in operator: the open store and what hangs on it. Exactly one at a time.
 */
import type { TopicPayload } from '../../shared/contract/contract.ts';
import type { HubId } from '../../shared/id.ts';
import type { User } from '../../shared/protocol/session-protocol.ts';
import type { ViewContext } from '../../shared/case/view-case.ts';
import type { Clock } from '../../shared/time.ts';
import type { Callers } from './inbound/callers.ts';
import type { CaseBook } from './projections/case-book.ts';
import type { DeskFloor } from './floor/desk-floor.ts';
import type { Sqlite } from './store/database.ts';
import type { SyncLoop } from './sync/sync-loop.ts';
import type { SessionTelephone } from './telephone/desk-telephone.ts';

export interface Session {
  user: User;
  hubId: HubId;
  /** Folder of the sealed store. */
  folder: string;
  db: Sqlite;
  encrypted: boolean;
  book: CaseBook;
  sync: SyncLoop;
  clock: Clock;
  siteZone: string;
  /** The agency on whose behalf the operator speaks. */
  agencyName: string;
  telephone: SessionTelephone;
  /** What was asked of the hub about whoever calls. */
  callers: Callers;
  /** Who does what now, help, who listens: in memory. */
  floor: DeskFloor;
  /** Tells the pages; only ever called after a commit. */
  notify: (changed: TopicPayload<'changed'>) => void;
}

/** What a query reads from. */
export type ReadingSession = Pick<Session, 'db' | 'book' | 'clock' | 'siteZone' | 'user'>;

export function viewContext(session: Pick<Session, 'clock' | 'siteZone' | 'user'>): ViewContext {
  return { nowMs: session.clock.nowMs(), zone: session.siteZone, userId: session.user.userId };
}
