/** `assign --unassigned`, or `assign --customer ID --to USERNAME`. */
import { z } from 'zod';
import { customerIdSchema } from '../../shared/id.ts';
import { systemClock } from '../../shared/time.ts';
import { assignUnassigned } from '../receivables/assign-unassigned.ts';
import type { Reassignment } from '../receivables/reassign-customer.ts';
import { reassignCustomer } from '../receivables/reassign-customer.ts';
import { normaliseUsername } from '../users/add-user.ts';
import { readOptions, say, UsageError, withStore } from './read-options.ts';

export async function runAssign(args: string[]): Promise<number> {
  const { location, options } = readOptions(
    args, { unassigned: { type: 'boolean' }, customer: { type: 'string' }, to: { type: 'string' } },
    z.object({ unassigned: z.boolean().default(false), customer: customerIdSchema.optional(), to: z.string().optional() }),
  );
  const { unassigned, customer, to } = options;
  const isPair = customer !== undefined && to !== undefined;
  if (unassigned === isPair || (unassigned && (customer ?? to) !== undefined)) {
    throw new UsageError('assign needs --unassigned, or --customer ID together with --to USERNAME.');
  }
  return withStore(location, async (store) => {
    if (!isPair) {
      say(`Customers that found an owner: ${String(await assignUnassigned(store, systemClock))}.`);
      return 0;
    }
    const owner = await store.read((tx) =>
      tx.selectFrom('users').select('user_id').where('username', '=', normaliseUsername(to)).executeTakeFirst());
    const done = owner === undefined
      ? { ok: false as const, refusal: { message: 'There is no such user.' } }
      : await reassignCustomer(store, systemClock, { customerId: customer, ownerId: owner.user_id });
    say(done.ok ? describe(done.value) : done.refusal.message);
    return done.ok ? 0 : 1;
  });
}

function describe({ cases, untilMs }: Reassignment): string {
  if (untilMs === null) return `Cases that changed hands: ${String(cases)}.`;
  return `Cases taken back: ${String(cases)}. They go to the new operator as soon as every desk of the former one has given them up: ` +
    `within a moment where it is connected, else when its lease ends, ${new Date(untilMs).toISOString()} at the latest.`;
}
