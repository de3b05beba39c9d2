/** The live board, for who leads; asking again keeps it alive. */
import type { BoardScreen } from '../../../shared/contract/board-channels.ts';
import { mayDecide } from '../../../shared/facts/decision-rules.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { BoardWatch } from '../board/watch-board.ts';
import type { Session } from '../session.ts';

const watches = new WeakMap<Session, BoardWatch>();

export function showBoard(session: Session): Result<BoardScreen> {
  if (!mayDecide(session.user.role)) return fail('lead-only', 'error.leadOnly');
  let watch = watches.get(session);
  if (watch === undefined) {
    watch = new BoardWatch(session);
    watches.set(session, watch);
  }
  return ok(watch.show());
}
