/**
 * What may happen, as data: fast-check draws a schedule, shrinks it, and prints it.
 *
 * Invariant: every number is taken modulo what there is when the step runs, so each part of a schedule is a schedule.
 */
import fc from 'fast-check';
import { ATTACHMENT_CHUNK_BYTES } from '../../shared/protocol/attachment-protocol.ts';

export const commandKinds = [
  'promise', 'dispute', 'callback', 'no-answer', 'right-party', 'note', 'correct', 'annul', 'draft', 'future-fact',
] as const;
export type CommandKind = (typeof commandKinds)[number];

/** What happens to one request of a synchronisation; `at` counts its requests. */
export type LineFault =
  | { what: 'drop-request'; at: number }
  | { what: 'drop-answer'; at: number }
  /** `part` of the body arrives. */
  | { what: 'cut'; at: number; part: number };

export type Step =
  /** `again`: the same command id is sent once more (after a crash, if there is one). */
  | { do: 'command'; desk: number; command: CommandKind; place: number; again: boolean; crash: boolean }
  /** `during`: the operator works on while a request is under way. */
  | { do: 'sync'; desk: number; fault: LineFault | null; duplicate: boolean; crash: boolean; during: { command: CommandKind; at: number } | null }
  | { do: 'sync-together' }
  /** `size` in bytes; `crash`: after the acknowledgement. */
  | { do: 'attach-file'; desk: number; place: number; size: number; crash: boolean }
  /** The hub forgets a person. */
  | { do: 'erase'; customer: number }
  /** A push, or a chunk, of the past arrives late, or again. */
  | { do: 'ghost-push'; which: number }
  | { do: 'crash'; desk: number }
  | { do: 'restart'; desk: number }
  | { do: 'back-up-desk'; desk: number }
  | { do: 'restore-desk'; desk: number }
  | { do: 'clone-disk'; desk: number }
  /** A clone and its original both work and both push: two histories of one device. */
  | { do: 'diverge'; desk: number }
  | { do: 'back-up-hub' }
  /** The files of attachments come from the same backup, or are those that were there. */
  | { do: 'restore-hub'; files: 'restored' | 'kept' }
  | { do: 'restart-hub' }
  | { do: 'reassign'; customer: number; owner: number }
  /** A customer is taken from somebody who stays away for so long, and whoever gets it looks. */
  | { do: 'take-back'; customer: number; owner: number; hours: number }
  /** One clock (the hub's, or a desk's) is set wrong by so many hours. */
  | { do: 'skew-clock'; clock: number; hours: number }
  | { do: 'wait'; hours: number };
export type StepKind = Step['do'];

/** An ordinary Friday, and the eves of both changes of the Italian clock. */
export const shiftStarts = ['2026-11-20T09:00:00Z', '2026-10-24T14:00:00Z', '2027-03-27T14:00:00Z'] as const;

export interface Schedule {
  desks: number;
  start: (typeof shiftStarts)[number];
  /** The hub answers the feed in zstd where asked. */
  compressed: boolean;
  steps: Step[];
}

const number = fc.nat({ max: 11 });
/** One chunk, exactly one, and more than one. */
const fileSizes = [1, 700, ATTACHMENT_CHUNK_BYTES, ATTACHMENT_CHUNK_BYTES + 9, 2 * ATTACHMENT_CHUNK_BYTES + 1] as const;
/** Files go last: the requests of a synchronisation that carries one are many. */
const place = fc.nat({ max: 6 });
const line = fc.option(
  fc.oneof(
    fc.record({ what: fc.constant('drop-request' as const), at: place }),
    fc.record({ what: fc.constant('drop-answer' as const), at: place }),
    fc.record({ what: fc.constant('cut' as const), at: place, part: fc.constantFrom(0, 0.2, 0.5, 0.9, 1) }),
  ),
  { nil: null, freq: 3 },
);
const during = fc.option(fc.record({ command: fc.constantFrom(...commandKinds), at: place }), { nil: null, freq: 2 });
const seldom = fc.nat({ max: 5 }).map((drawn) => drawn === 5);

function only<Kind extends StepKind>(kind: Kind): fc.Arbitrary<Kind> {
  return fc.constant(kind);
}

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      do: only('command'), desk: number, command: fc.constantFrom(...commandKinds), place: number, again: seldom, crash: seldom,
    }),
  },
  { weight: 11, arbitrary: fc.record({ do: only('sync'), desk: number, fault: line, duplicate: seldom, crash: seldom, during }) },
  { weight: 2, arbitrary: fc.record({ do: only('sync-together') }) },
  { weight: 3, arbitrary: fc.record({ do: only('attach-file'), desk: number, place: number, size: fc.constantFrom(...fileSizes), crash: seldom }) },
  { weight: 2, arbitrary: fc.record({ do: only('erase'), customer: number }) },
  { weight: 2, arbitrary: fc.record({ do: only('ghost-push'), which: number }) },
  { weight: 1, arbitrary: fc.record({ do: only('crash'), desk: number }) },
  { weight: 1, arbitrary: fc.record({ do: only('restart'), desk: number }) },
  { weight: 2, arbitrary: fc.record({ do: only('back-up-desk'), desk: number }) },
  { weight: 2, arbitrary: fc.record({ do: only('restore-desk'), desk: number }) },
  { weight: 2, arbitrary: fc.record({ do: only('clone-disk'), desk: number }) },
  { weight: 2, arbitrary: fc.record({ do: only('diverge'), desk: number }) },
  { weight: 1, arbitrary: fc.record({ do: only('back-up-hub') }) },
  { weight: 2, arbitrary: fc.record({ do: only('restore-hub'), files: fc.constantFrom('restored' as const, 'kept' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: only('restart-hub') }) },
  { weight: 3, arbitrary: fc.record({ do: only('reassign'), customer: number, owner: number }) },
  { weight: 2, arbitrary: fc.record({ do: only('take-back'), customer: number, owner: number, hours: fc.constantFrom(1, 11, 13) }) },
  { weight: 1, arbitrary: fc.record({ do: only('skew-clock'), clock: number, hours: fc.constantFrom(-48, -1, 0, 1, 48) }) },
  { weight: 1, arbitrary: fc.record({ do: only('wait'), hours: fc.constantFrom(1, 3, 20, 49, 200) }) },
);

export const scheduleArbitrary: fc.Arbitrary<Schedule> = fc.record({
  desks: fc.integer({ min: 2, max: 4 }),
  start: fc.constantFrom(...shiftStarts),
  compressed: seldom,
  steps: fc.array(stepArbitrary, { minLength: 1, maxLength: 32, size: 'max' }),
});
