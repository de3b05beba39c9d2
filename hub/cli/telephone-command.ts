/** `telephone exchange|features|account|caller-id|show`. No password is ever printed; one that is not given is read from standard input. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { callerIdDraftSchema, featureCodesSchema, telephoneAccountDraftSchema, telephoneExchangeSchema } from '../../shared/protocol/telephone-protocol.ts';
import { systemClock } from '../../shared/time.ts';
import type { HubResult } from '../hub-result.ts';
import { refuse } from '../hub-result.ts';
import type { Tx } from '../store/tables.ts';
import { readHubKey } from '../telephone/hub-key.ts';
import { readTelephone } from '../telephone/read-telephone.ts';
import type { SetBy } from '../telephone/set-telephone.ts';
import { removeAccount, setAccount, setCallerId, setExchange, setFeatures } from '../telephone/set-telephone.ts';
import { normaliseUsername } from '../users/add-user.ts';
import { printJson, readOptions, say, UsageError, withStore } from './read-options.ts';
import { readTypedSecret } from './read-typed-secret.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const usernameSchema = z.string({ error: 'a user name is needed' }).min(1).max(100);
const none = z.boolean().default(false);

export async function runTelephone(args: string[]): Promise<number> {
  const [action, ...rest] = args;
  switch (action) {
    case 'exchange':
      return exchange(rest);
    case 'features':
      return features(rest);
    case 'account':
      return account(rest);
    case 'caller-id':
      return callerId(rest);
    case 'show':
      return show(rest);
    default:
      throw new UsageError('telephone needs one of: exchange, features, account, caller-id, show.');
  }
}

type Location = ReturnType<typeof readOptions>['location'];

/** Writes in one transaction; says what was refused. */
async function set(location: Location, done: string, write: (tx: Tx, by: SetBy) => Promise<HubResult<unknown>>): Promise<number> {
  const written = await withStore(location, (store) => store.write((tx) => write(tx, { userId: null, nowMs: systemClock.nowMs() })));
  say(written.ok ? `${done} Desks hear of it at their next connection.` : written.refusal.message);
  return written.ok ? 0 : 1;
}

async function exchange(args: string[]): Promise<number> {
  const { location, options } = readOptions(
    args, { server: text, domain: text, authority: text, tones: text, 'ring-for': text, none: flag },
    z.object({
      server: z.string().optional(), domain: z.string().optional(), authority: z.string().optional(), tones: z.enum(['sound', 'info']).default('sound'),
      'ring-for': z.coerce.number().int().min(5).max(180).default(60), none,
    }),
  );
  if (options.none) return set(location, 'The exchange was removed.', (tx, by) => setExchange(tx, by, null));
  const read = telephoneExchangeSchema.safeParse({
    server: options.server, domain: options.domain, tones: options.tones, ringForMs: options['ring-for'] * 1000,
    privateAuthority: options.authority === undefined ? null : await readText(options.authority),
  });
  if (!read.success) throw new UsageError(`--${String(read.error.issues[0]?.path[0] ?? 'server')}: give the address (wss://…, ws:// only on this machine) and the domain of the exchange.`);
  return set(location, 'The exchange was set.', (tx, by) => setExchange(tx, by, read.data));
}

/** What is not given is offered no more. */
async function features(args: string[]): Promise<number> {
  const { location, options } = readOptions(args, { listen: text, whisper: text, barge: text }, z.object({ listen: z.string().optional(), whisper: z.string().optional(), barge: z.string().optional() }));
  const read = featureCodesSchema.safeParse({ listen: options.listen ?? null, whisper: options.whisper ?? null, barge: options.barge ?? null });
  if (!read.success) throw new UsageError(`--${String(read.error.issues[0]?.path[0] ?? 'listen')}: digits and stars around {extension}, for example '*90{extension}'.`);
  return set(location, 'The codes were set.', (tx, by) => setFeatures(tx, by, read.data));
}

async function account(args: string[]): Promise<number> {
  const { location, options } = readOptions(
    args, { username: text, 'sip-user': text, 'auth-user': text, password: text, none: flag },
    z.object({ username: usernameSchema, 'sip-user': z.string().optional(), 'auth-user': z.string().optional(), password: z.string().max(200).optional(), none }),
  );
  const find = (tx: Tx): Promise<{ user_id: Parameters<typeof removeAccount>[1] } | undefined> =>
    tx.selectFrom('users').select('user_id').where('username', '=', normaliseUsername(options.username)).executeTakeFirst();
  const unknown = refuse(404, 'unknown-user', 'There is no such user.');
  if (options.none) {
    return set(location, 'The account was removed.', async (tx) => {
      const person = await find(tx);
      return person === undefined ? unknown : removeAccount(tx, person.user_id);
    });
  }
  const draft = telephoneAccountDraftSchema.safeParse({
    user: options['sip-user'], authenticationUser: options['auth-user'] ?? null, password: options.password ?? (await readTypedSecret()),
  });
  if (!draft.success) throw new UsageError('--sip-user and --auth-user are short words without blanks; the password has 1 to 200 characters.');
  const key = readHubKey(location.dataDir);
  return set(location, 'The account was set.', async (tx, by) => {
    const person = await find(tx);
    return person === undefined ? unknown : setAccount(tx, by, key, person.user_id, draft.data);
  });
}

async function callerId(args: string[]): Promise<number> {
  const { location, options } = readOptions(
    args, { creditor: text, number: text, none: flag },
    z.object({ creditor: z.string({ error: 'the creditor’s name is needed' }).min(1), number: z.string().optional(), none }),
  );
  const draft = callerIdDraftSchema.safeParse({ number: options.none ? null : options.number });
  if (!draft.success) throw new UsageError('--number: a number with its country, for example +390971000123.');
  return set(location, 'The number was set.', async (tx, by) => {
    const creditor = await tx.selectFrom('creditors').select('creditor_id').where('name', '=', options.creditor).executeTakeFirst();
    return creditor === undefined ? refuse(404, 'unknown-creditor', 'There is no such creditor.') : setCallerId(tx, by, creditor.creditor_id, draft.data.number);
  });
}

async function show(args: string[]): Promise<number> {
  const { location, options } = readOptions(args, { json: flag }, z.object({ json: z.boolean().default(false) }));
  const overview = await withStore(location, (store) => store.read(readTelephone));
  if (options.json) {
    printJson(overview);
    return 0;
  }
  const lines = [
    overview.exchange === null ? 'exchange\tnone' : `exchange\t${overview.exchange.server}\t${overview.exchange.domain}`,
    ...Object.entries(overview.exchange?.features ?? {}).map(([how, code]) => `feature\t${how}\t${code ?? 'none'}`),
    ...overview.people.map(({ username, account: held }) => `account\t${username}\t${held?.user ?? 'none'}`),
    ...overview.callerIds.map(({ creditorName, number }) => `caller-id\t${creditorName}\t${number ?? 'none'}`),
  ];
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return 0;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new UsageError(`${file} cannot be read (${String(error.code)}).`);
    throw error;
  }
}
