/**
 * The negative control: the product's desk, except that it acknowledges before it commits.
 *
 * Everything a command writes goes into a transaction that is committed only a moment after its
 * acknowledgement has left, as a careless group commit would. Nothing else differs, so what the
 * audit finds is that one fault.
 */
import { mainToDeskSchema, portRequestSchema } from '../../shared/contract/host-protocol.ts';
import { fail } from '../../shared/result.ts';
import { systemClock } from '../../shared/time.ts';
import { Desk } from '../../electron/desk/desk.ts';
import { dispatch } from '../../electron/desk/dispatch.ts';
import type { Keychain } from '../../electron/desk/profile/keychain.ts';
import type { PagePort } from '../../electron/desk/host.ts';
import { connectHost } from '../../electron/desk/host.ts';
import { noPrinter } from '../../electron/desk/printing/printer.ts';
import type { Session } from '../../electron/desk/session.ts';

const COMMIT_AFTER_MS = 250;
const savingCommands = ['record-outcome', 'correct-outcome', 'add-note', 'save-draft', 'start-call', 'check-identity', 'walk-script', 'cancel-call'];

const noKeychain: Keychain = { wrap: () => Promise.resolve(null), unwrap: () => Promise.resolve(null) };

let desk: Desk | null = null;
let commitTimer: NodeJS.Timeout | null = null;
const prepared = new WeakSet<Session>();

const host = connectHost({
  onMessage: (raw) => {
    const message = mainToDeskSchema.parse(raw);
    if (message.type === 'start') {
      desk = new Desk(message.config, systemClock, noKeychain, {
        onChanged: (payload) => host.broadcast({ topic: 'changed', payload }),
        onSession: () => undefined, onTelephone: () => undefined, printer: noPrinter,
      });
      desk.start();
      host.send({ type: 'ready' });
    } else if (message.type === 'shutdown') {
      commitNow();
      void desk?.shutdown().then(() => process.exit(0));
    }
  },
  onPageRequest: (raw, port) => void answer(raw, port),
});

async function answer(raw: unknown, port: PagePort): Promise<void> {
  const request = portRequestSchema.parse(raw);
  if (desk === null) throw new Error('a request before the start');
  const { session } = desk;
  if (session !== null && request.kind === 'command' && savingCommands.includes(request.name)) holdBack(session);
  const result = await dispatch(desk, request).catch((error: unknown) => {
    console.error(error);
    return fail('unexpected', 'error.unexpected');
  });
  port.send({ id: request.id, result });
}

/** Opens the transaction in which the coming commands will wait for their commit. */
function holdBack(session: Session): void {
  prepare(session);
  if (!session.db.inTransaction) session.db.exec('BEGIN IMMEDIATE');
  commitTimer ??= setTimeout(commitNow, COMMIT_AFTER_MS);
}

function commitNow(): void {
  if (commitTimer !== null) clearTimeout(commitTimer);
  commitTimer = null;
  const session = desk?.session;
  if (session === undefined || session === null || !session.db.inTransaction) return;
  session.db.exec('COMMIT');
  session.sync.wake();
}

/** What must not run inside that transaction: a push of what is not saved, a checkpoint. */
function prepare(session: Session): void {
  if (prepared.has(session)) return;
  prepared.add(session);
  const { db, sync } = session;
  const pragma = db.pragma.bind(db);
  db.pragma = (...input: Parameters<typeof pragma>): unknown => {
    commitNow();
    return pragma(...input);
  };
  const wake = sync.wake.bind(sync);
  sync.wake = () => {
    if (!db.inTransaction) wake();
  };
}
