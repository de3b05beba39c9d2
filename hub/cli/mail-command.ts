/** `mail sender|show|retry`. No password and no address of a customer is ever printed; a password that is not given is read from standard input. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { CreditorId } from '../../shared/id.ts';
import { mailSenderDraftSchema } from '../../shared/protocol/mail-protocol.ts';
import { systemClock } from '../../shared/time.ts';
import type { HubResult } from '../hub-result.ts';
import { refuse } from '../hub-result.ts';
import { listMailProblems, retryMail } from '../mail/mail-problems.ts';
import { readMailSenders, removeMailSender, setMailSender } from '../mail/mail-sender.ts';
import type { Tx } from '../store/tables.ts';
import { keepHubKey } from '../telephone/hub-key.ts';
import { printJson, readOptions, say, UsageError, withStore } from './read-options.ts';
import { readTypedSecret } from './read-typed-secret.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

export async function runMail(args: string[]): Promise<number> {
  const [action, ...rest] = args;
  switch (action) {
    case 'sender':
      return sender(rest);
    case 'show':
      return show(rest);
    case 'retry':
      return retry(rest);
    default:
      throw new UsageError('mail needs one of: sender, show, retry.');
  }
}

type Location = ReturnType<typeof readOptions>['location'];

/** Writes in one transaction; says what was refused. */
async function set(location: Location, done: string, write: (tx: Tx, nowMs: number) => Promise<HubResult<null>>): Promise<number> {
  const written = await withStore(location, (store) => store.write((tx) => write(tx, systemClock.nowMs())));
  say(written.ok ? done : written.refusal.message);
  return written.ok ? 0 : 1;
}

async function sender(args: string[]): Promise<number> {
  const { location, options } = readOptions(
    args, { creditor: text, name: text, address: text, host: text, port: text, security: text, user: text, password: text, authority: text, none: flag },
    z.object({
      creditor: z.string({ error: 'the creditor’s name is needed' }).min(1), name: z.string().optional(), address: z.string().optional(), host: z.string().optional(),
      port: z.coerce.number().int().optional(), security: z.enum(['tls', 'starttls', 'none']).default('starttls'), user: z.string().optional(),
      password: z.string().max(200).optional(), authority: z.string().optional(), none: z.boolean().default(false),
    }),
  );
  const find = (tx: Tx): Promise<{ creditor_id: CreditorId } | undefined> => tx.selectFrom('creditors').select('creditor_id').where('name', '=', options.creditor).executeTakeFirst();
  const unknown = refuse(404, 'unknown-creditor', 'There is no such creditor.');
  if (options.none) {
    return set(location, 'No mail is sent in this creditor’s name any more.', async (tx) => {
      const creditor = await find(tx);
      return creditor === undefined ? unknown : removeMailSender(tx, creditor.creditor_id);
    });
  }
  const usualPort = options.security === 'tls' ? 465 : 587;
  const draft = mailSenderDraftSchema.safeParse({
    sender: {
      senderName: options.name, senderAddress: options.address, host: options.host, port: options.port ?? usualPort, security: options.security, user: options.user ?? null,
      privateAuthority: options.authority === undefined ? null : await readText(options.authority),
    },
    password: options.user === undefined ? null : options.password ?? (await readTypedSecret()),
  });
  if (!draft.success) throw new UsageError(`${String(draft.error.issues[0]?.path.at(-1) ?? 'sender')}: give name, address and host of the sender; the connection is encrypted unless the server is on this machine.`);
  const key = keepHubKey(location.dataDir);
  return set(location, 'The sender was set.', async (tx, nowMs) => {
    const creditor = await find(tx);
    return creditor === undefined ? unknown : setMailSender(tx, { userId: null, nowMs }, key, creditor.creditor_id, draft.data);
  });
}

async function show(args: string[]): Promise<number> {
  const { location, options } = readOptions(args, { json: flag }, z.object({ json: z.boolean().default(false) }));
  const found = await withStore(location, (store) => store.read(async (tx) => ({ ...(await readMailSenders(tx)), problems: await listMailProblems(tx, systemClock.nowMs()) })));
  if (options.json) {
    printJson(found);
    return 0;
  }
  const lines = [
    ...found.senders.map(({ creditorName, sender: held }) => `sender\t${creditorName}\t${held === null ? 'none' : `${held.senderAddress}\t${held.host}:${String(held.port)}\t${held.security}`}`),
    ...found.problems.map(({ mailId, creditorName, state, code, sentence }) => `problem\t${mailId}\t${creditorName}\t${state}\t${code}\t${sentence}`),
  ];
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return 0;
}

async function retry(args: string[]): Promise<number> {
  const { location, options } = readOptions(args, { mail: text }, z.object({ mail: z.uuid({ error: 'the mail’s id is needed' }) }));
  return set(location, 'The mail is tried again.', (tx, nowMs) => retryMail(tx, nowMs, options.mail));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new UsageError(`${file} cannot be read (${String(error.code)}).`);
    throw error;
  }
}
