/**
 * A person's account at a hub, over its HTTP API, as any program would use it.
 *
 * Invariant: every answer is parsed; a refusal is thrown with the hub's own code.
 */
import { z } from 'zod';
import { verifyReportSchema } from '../../hub/facts/verify-chains.ts';
import type { VerifyReport } from '../../hub/facts/verify-chains.ts';
import type { CaseFact } from '../../shared/case/case-entity.ts';
import { caseEntitySchema } from '../../shared/case/case-entity.ts';
import type { FactId } from '../../shared/id.ts';
import { factIdSchema } from '../../shared/id.ts';
import { feedLineSchema } from '../../shared/protocol/feed-protocol.ts';
import type { User } from '../../shared/protocol/session-protocol.ts';
import { signInReplySchema } from '../../shared/protocol/session-protocol.ts';

const factIdsSchema = z.object({ factIds: z.array(factIdSchema) });

export class HubAccount {
  readonly user: User;
  readonly #url: string;
  readonly #token: string;

  private constructor(url: string, token: string, user: User) {
    this.#url = url;
    this.#token = token;
    this.user = user;
  }

  static async signIn(url: string, username: string, password: string): Promise<HubAccount> {
    const response = await send(url, null, 'POST', '/v1/sign-in', JSON.stringify({ username, password }), 'application/json');
    const reply = signInReplySchema.parse(await response.json());
    return new HubAccount(url, reply.tokens.accessToken, reply.user);
  }

  async post(path: string, body: unknown): Promise<unknown> {
    const response = await send(this.#url, this.#token, 'POST', path, JSON.stringify(body), 'application/json');
    return response.json();
  }

  async postFile(path: string, bytes: string, type: string): Promise<unknown> {
    const response = await send(this.#url, this.#token, 'POST', path, bytes, type);
    return response.json();
  }

  async listFactIds(): Promise<FactId[]> {
    return factIdsSchema.parse(await this.#get('/v1/facts/ids')).factIds;
  }

  async verify(): Promise<VerifyReport> {
    return verifyReportSchema.parse(await this.#get('/v1/verify'));
  }

  /** The facts of every case of this person, by case, as the hub's feed has them. */
  async readCaseFacts(): Promise<Map<string, CaseFact[]>> {
    const cases = new Map<string, CaseFact[]>();
    let cursor = '';
    for (;;) {
      const response = await send(this.#url, this.#token, 'GET', `/v1/feed?cursor=${encodeURIComponent(cursor)}`);
      const lines = (await response.text()).trimEnd().split('\n').map((line) => feedLineSchema.parse(JSON.parse(line)));
      for (const line of lines) {
        if (line.line === 'upsert' && line.kind === 'case') cases.set(line.id, caseEntitySchema.parse(line.body).facts);
        if (line.line === 'remove') cases.delete(line.id);
      }
      const end = lines.at(-1);
      if (end?.line !== 'end') throw new Error('the feed was cut');
      cursor = end.cursor;
      if (!end.more) return cases;
    }
  }

  async #get(path: string): Promise<unknown> {
    return (await send(this.#url, this.#token, 'GET', path)).json();
  }
}

async function send(url: string, token: string | null, method: string, path: string, body?: string, type?: string): Promise<Response> {
  const response = await fetch(url + path, {
    method,
    headers: {
      'accept-encoding': 'identity',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(type === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body }),
  });
  if (!response.ok) throw new Error(`${method} ${path.split('?')[0] ?? ''} answered ${String(response.status)}: ${await response.text()}`);
  return response;
}
