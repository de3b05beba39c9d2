/** `users add|list|reset-password`. A password that is not given on the command line is read from standard input. */
import { z } from 'zod';
import { tones } from '../../shared/case/case-entity.ts';
import type { NewCertificate } from '../../shared/protocol/setup-protocol.ts';
import { standardCertificates } from '../../shared/protocol/setup-protocol.ts';
import { roleSchema } from '../../shared/protocol/session-protocol.ts';
import { systemClock } from '../../shared/time.ts';
import { addUser } from '../users/add-user.ts';
import { listUsers } from '../users/list-users.ts';
import { resetPassword } from '../users/reset-password.ts';
import { printJson, readOptions, say, UsageError, withStore } from './read-options.ts';
import { readTypedSecret } from './read-typed-secret.ts';

const usernameSchema = z.string({ error: 'a user name is needed' }).min(1).max(100);
const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
/** `standard`: learns, in the mildest tone; the rest is the administrator's to say, once people have been trained. */
const certificatesOf: Record<'full' | 'standard' | 'none', readonly NewCertificate[]> = {
  full: tones.map((tone) => ({ tone, level: 'full' })), standard: standardCertificates, none: [],
};

export async function addOrListUsers(args: string[]): Promise<number> {
  const [action, ...rest] = args;
  switch (action) {
    case 'add':
      return add(rest);
    case 'list':
      return list(rest);
    case 'reset-password':
      return reset(rest);
    default:
      throw new UsageError('users needs one of: add, list, reset-password.');
  }
}

async function add(args: string[]): Promise<number> {
  const { location, options } = readOptions(
    args, { username: text, name: text, role: text, password: text, certificates: text, json: flag },
    z.object({
      username: usernameSchema, name: z.string().min(1).max(100).optional(), role: roleSchema, password: z.string().max(200).optional(),
      certificates: z.enum(['full', 'standard', 'none']).default('standard'), json: z.boolean().default(false),
    }),
  );
  const password = options.password ?? (await readTypedSecret());
  return withStore(location, async (store) => {
    const added = await addUser(store, systemClock, {
      username: options.username, displayName: options.name ?? options.username, role: options.role, password, certificates: certificatesOf[options.certificates],
    });
    if (!added.ok) return refused(added.refusal.message);
    if (options.json) printJson(added.value);
    else say(`Added ${added.value.username} (${added.value.role}).`);
    return 0;
  }, 'make');
}

async function list(args: string[]): Promise<number> {
  const { location, options } = readOptions(args, { json: flag }, z.object({ json: z.boolean().default(false) }));
  const users = await withStore(location, (store) => store.read(listUsers));
  if (options.json) printJson(users);
  else for (const user of users) process.stdout.write(`${user.username}\t${user.role}\t${user.displayName}\n`);
  return 0;
}

async function reset(args: string[]): Promise<number> {
  const { location, options } = readOptions(
    args, { username: text, password: text }, z.object({ username: usernameSchema, password: z.string().max(200).optional() }),
  );
  const password = options.password ?? (await readTypedSecret());
  return withStore(location, async (store) => {
    const done = await resetPassword(store, { username: options.username }, password);
    if (!done.ok) return refused(done.refusal.message);
    say('The password was changed; open sessions have ended.');
    return 0;
  });
}

function refused(sentence: string): number {
  say(sentence);
  return 1;
}
