/**
 * Where a test may break the rig, to prove that the suite would notice.
 *
 * Invariant: the product's code is never changed; `soundSeams` pass everything through.
 */
import type { FeedChanges } from '../../electron/desk/sync/apply-feed-page.ts';
import { applyFeedPage } from '../../electron/desk/sync/apply-feed-page.ts';
import type { FeedPage } from '../../electron/desk/sync/feed-page.ts';
import type { Sqlite } from '../../electron/desk/store/database.ts';
import { replayErasures } from '../../hub/erasure/replay-erasures.ts';
import { reassignCustomer } from '../../hub/receivables/reassign-customer.ts';
import type { HubStore } from '../../hub/store/hub-store.ts';
import type { ViewContext } from '../../shared/case/view-case.ts';
import type { PushRequest } from '../../shared/protocol/push-protocol.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

export interface Seams {
  /** Around a command, acknowledgement included. */
  runCommand<Reply>(db: Sqlite, run: () => Reply): Reply;
  beforeSync(db: Sqlite): void;
  applyPage(db: Sqlite, page: FeedPage, context: ViewContext): FeedChanges;
  /** What the hub is asked. */
  ask(request: WireRequest, hub: HubStore): Promise<WireRequest>;
  /** What the desk is answered. */
  answer(request: WireRequest, answer: WireAnswer): WireAnswer;
  /** A lead gives a customer to somebody else. */
  reassign: typeof reassignCustomer;
  /** When the hub opens its store. */
  replay(hub: HubStore, dataDir: string): Promise<unknown>;
  /** After the hub took a push, where one is given; `known` are the facts it had before. */
  afterPush: ((hub: HubStore, facts: PushRequest['facts'], known: ReadonlySet<string>) => Promise<void>) | null;
}

export const soundSeams: Seams = {
  runCommand: (_db, run) => run(),
  beforeSync: () => undefined,
  applyPage: applyFeedPage,
  ask: (request) => Promise.resolve(request),
  answer: (_request, answer) => answer,
  reassign: reassignCustomer,
  replay: replayErasures,
  afterPush: null,
};
