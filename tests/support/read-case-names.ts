/** Whose case is it? Asked of the hub as a team lead asks, over HTTP. */
import { caseReplySchema } from '../../shared/protocol/lead-protocol.ts';
import { signInReplySchema } from '../../shared/protocol/session-protocol.ts';

/** @returns the customer's name by case id */
export async function readCaseNames(hubUrl: string, lead: { username: string; password: string }, caseIds: readonly string[]): Promise<Map<string, string>> {
  const signedIn = await fetch(`${hubUrl}/v1/sign-in`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username: lead.username, password: lead.password }),
  });
  const { tokens } = signInReplySchema.parse(await signedIn.json());
  const names = new Map<string, string>();
  for (const caseId of new Set(caseIds)) {
    const response = await fetch(`${hubUrl}/v1/cases/${caseId}`, { headers: { authorization: `Bearer ${tokens.accessToken}` } });
    names.set(caseId, caseReplySchema.parse(await response.json()).case.customer.name);
  }
  return names;
}
