/**
 * The one way a command writes.
 *
 * Invariants: everything the command does and its acknowledgement commit together, on disk,
 * before anybody is told (commit, then memory, then notify); the same commandId again gets
 * the stored acknowledgement and happens once; a refusal leaves nothing behind.
 */
import type { AppError, Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import type { CommandId } from '../../../shared/id.ts';
import type { Session } from '../session.ts';
import { storeFailure } from '../store/store-failure.ts';
import { prepared } from '../store/statements.ts';

/** Carries a refusal out of the transaction, so that it rolls back. */
class Refused extends Error {
  readonly error: AppError;
  constructor(error: AppError) {
    super(error.code);
    this.error = error;
  }
}

/** What a command answered before; null: it has not happened. For commands that ask somebody else first. */
export function readReply<Reply>(db: Session['db'], commandId: CommandId): Reply | null {
  const known = prepared<[string], { reply: string }>(db, 'SELECT reply FROM command_log WHERE command_id = ?').get(commandId);
  return known === undefined ? null : JSON.parse(known.reply) as Reply;
}

/**
 * @param again what may have been written since the first run, by who did not know of its acknowledgement, and must go with it
 * @returns the reply, and whether it was stored by an earlier run of the same command
 */
export function commitOnce<Reply>(
  session: Pick<Session, 'db' | 'clock'>,
  command: { commandId: CommandId; name: string },
  write: () => Result<Reply>,
  again: () => void = () => undefined,
): Result<{ reply: Reply; repeated: boolean }> {
  const { db, clock } = session;
  const run = db.transaction((): { reply: Reply; repeated: boolean } => {
    const known = readReply<Reply>(db, command.commandId);
    if (known !== null) {
      again();
      return { reply: known, repeated: true };
    }
    const result = write();
    if (!result.ok) throw new Refused(result.error);
    prepared(db, 'INSERT INTO command_log (command_id, name, reply, at) VALUES (?, ?, ?, ?)').run(
      command.commandId, command.name, JSON.stringify(result.value), clock.nowMs(),
    );
    return { reply: result.value, repeated: false };
  });
  try {
    return ok(run.immediate());
  } catch (error) {
    return error instanceof Refused ? { ok: false, error: error.error } : storeFailure(error);
  }
}
