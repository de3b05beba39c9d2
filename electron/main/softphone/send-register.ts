/** One REGISTER and its final answer; the challenge in between is answered by sip.js, once. */
import type { UserAgent } from 'sip.js';
import { URI } from 'sip.js';

export type RegisterAnswer =
  | { accepted: true; expiresSeconds: number }
  | { accepted: false; sipStatus: number; leastExpiresSeconds: number | null };

const ANSWER_LIMIT_MS = 8_000;
const LEAST_SECONDS = 10;
const MOST_SECONDS = 86_400;
const NO_ANSWER = 408;

/** Registers for so many seconds; 0 takes the registration back. Always resolves. */
export function sendRegister(agent: UserAgent, expiresSeconds: number): Promise<RegisterAnswer> {
  const { uri } = agent.configuration;
  const registrar = new URI('sip', '', uri.host, uri.port);
  const contact = `Contact: ${agent.contact.toString({ register: true })};expires=${String(expiresSeconds)}`;
  const message = agent.userAgentCore.makeOutgoingRequestMessage('REGISTER', registrar, uri, uri, registration(agent), [contact, 'Allow: INVITE, ACK, CANCEL, BYE, INFO, NOTIFY, OPTIONS']);
  return new Promise((resolve) => {
    const timer = setTimeout(() => { resolve({ accepted: false, sipStatus: NO_ANSWER, leastExpiresSeconds: null }); }, ANSWER_LIMIT_MS);
    const answer = (value: RegisterAnswer): void => {
      clearTimeout(timer);
      resolve(value);
    };
    const refuse = (sipStatus: number | undefined, least: string | undefined): void => {
      answer({ accepted: false, sipStatus: sipStatus ?? NO_ANSWER, leastExpiresSeconds: least === undefined ? null : clamp(Number(least)) });
    };
    agent.userAgentCore.register(message, {
      onAccept: ({ message: response }) => {
        const own = response.getHeaders('contact').find((header) => header.includes(agent.contact.uri.user ?? ''));
        const granted = /;\s*expires\s*=\s*"?(\d+)/i.exec(own ?? '')?.[1] ?? response.getHeader('expires');
        answer({ accepted: true, expiresSeconds: clamp(granted === undefined ? expiresSeconds : Number(granted)) });
      },
      onRedirect: ({ message: response }) => { refuse(response.statusCode, undefined); },
      onReject: ({ message: response }) => { refuse(response.statusCode, response.getHeader('min-expires')); },
    });
  });
}

function clamp(seconds: number): number {
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, LEAST_SECONDS), MOST_SECONDS) : LEAST_SECONDS;
}

/** RFC 3261 §10.2: one Call-ID for all registrations of a client, and a CSeq that grows. */
const registrations = new WeakMap<UserAgent, { callId: string; cseq: number }>();

function registration(agent: UserAgent): { callId?: string; cseq: number } {
  const known = registrations.get(agent) ?? { callId: `${agent.instanceId}-registration`, cseq: 0 };
  known.cseq += 1;
  registrations.set(agent, known);
  return { ...known };
}
