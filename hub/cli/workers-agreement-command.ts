/** `workers-agreement record|withdraw|show`: the agreement with the workers, as desks hear of it by the feed. */
import { z } from 'zod';
import { dateOfInstant, systemClock } from '../../shared/time.ts';
import { agreementScopes, agreementWithdrawalSchema, workersAgreementDraftSchema } from '../../shared/protocol/workers-agreement-protocol.ts';
import { listWorkersAgreements, recordWorkersAgreement, withdrawWorkersAgreement } from '../conduct/workers-agreement.ts';
import { SITE_ZONE } from '../site-zone.ts';
import { printJson, readOptions, say, UsageError, withStore } from './read-options.ts';

const text = { type: 'string' } as const;

export async function runWorkersAgreement(args: string[]): Promise<number> {
  const [action, ...rest] = args;
  switch (action) {
    case 'record':
      return record(rest);
    case 'withdraw':
      return withdraw(rest);
    case 'show':
      return show(rest);
    default:
      throw new UsageError('workers-agreement needs one of: record, withdraw, show.');
  }
}

async function record(args: string[]): Promise<number> {
  const table = { kind: text, scopes: text, 'signed-on': text, from: text, until: text, signatories: text, document: text };
  const { location, options } = readOptions(args, table, z.partialRecord(z.enum(['kind', 'scopes', 'signed-on', 'from', 'until', 'signatories', 'document', 'data', 'postgres']), z.string()));
  const today = dateOfInstant(systemClock.nowMs(), SITE_ZONE);
  const draft = workersAgreementDraftSchema.safeParse({
    kind: options.kind, scopes: options.scopes?.split(',').map((scope) => scope.trim()), signedOn: options['signed-on'], from: options.from ?? today,
    until: options.until ?? null, signatories: options.signatories, document: options.document,
  });
  if (!draft.success) {
    const field = String(draft.error.issues[0]?.path[0] ?? '');
    throw new UsageError(`--${field === 'signedOn' ? 'signed-on' : field}: give --kind works-agreement|authorisation, --scopes (${agreementScopes.join(',')}), --signed-on DATE, --signatories and --document; --until is not before --from.`);
  }
  const done = await withStore(location, (store) => store.write((tx) => recordWorkersAgreement(tx, systemClock.nowMs(), draft.data)));
  say(done.ok ? 'The agreement is on record; every desk is told what it covers.' : done.refusal.message);
  return done.ok ? 0 : 1;
}

async function withdraw(args: string[]): Promise<number> {
  const { location, options } = readOptions(args, { reason: text }, agreementWithdrawalSchema);
  const done = await withStore(location, (store) => store.write((tx) => withdrawWorkersAgreement(tx, systemClock.nowMs(), options.reason)));
  say(done.ok ? 'Withdrawn: what it covered goes off at every desk as it hears of it.' : done.refusal.message);
  return done.ok ? 0 : 1;
}

async function show(args: string[]): Promise<number> {
  const { location, options } = readOptions(args, { json: { type: 'boolean' } }, z.object({ json: z.boolean().default(false) }));
  const { versions } = await withStore(location, (store) => store.read(listWorkersAgreements));
  if (options.json) printJson({ versions });
  else {
    process.stdout.write(versions.map(({ version, scopes, from, until, document, withdrawn }) =>
      `${String(version)}\t${scopes.join(',')}\t${from}\t${until ?? '-'}\t${withdrawn === null ? 'stands' : 'withdrawn'}\t${document}\n`).join(''));
  }
  return 0;
}
