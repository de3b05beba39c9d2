/** The agent of sip.js for one account. */
import type { Invitation, Session, SessionDescriptionHandler } from 'sip.js';
import { SIPExtension, URI, UserAgent } from 'sip.js';
import type { LineProblem } from '../../../shared/telephone/telephone-event.ts';
import type { TelephoneAccount } from '../../../shared/telephone/account.ts';
import type { SipSocketOptions } from './sip-socket.ts';
import { SipSocket } from './sip-socket.ts';

export interface UserAgentParts {
  account: TelephoneAccount;
  onInvite: (invitation: Invitation) => void;
  onLost: (problem: LineProblem) => void;
  mediaOf: (session: Session) => SessionDescriptionHandler;
  log: (line: string) => void;
}

const NO_ANSWER_SECONDS = 180;

/** An agent that is not started, and its socket. */
export function createUserAgent({ account, onInvite, onLost, mediaOf, log }: UserAgentParts): { agent: UserAgent; socket: SipSocket } {
  const transportOptions: SipSocketOptions = { server: account.server, privateAuthority: account.privateAuthority, onLost, log };
  const agent = new UserAgent({
    uri: new URI('sip', account.user, account.domain),
    authorizationUsername: account.authenticationUser ?? account.user,
    authorizationPassword: account.password,
    transportConstructor: SipSocket,
    transportOptions,
    sessionDescriptionHandlerFactory: mediaOf,
    contactParams: { transport: account.server.startsWith('wss:') ? 'wss' : 'ws' },
    // What it writes holds messages, and messages hold names and numbers.
    logBuiltinEnabled: false,
    logConfiguration: false,
    logLevel: 'error',
    userAgentString: 'Premura',
    noAnswerTimeout: NO_ANSWER_SECONDS,
    sipExtensionReplaces: SIPExtension.Unsupported,
    sipExtension100rel: SIPExtension.Unsupported,
    sendInitialProvisionalResponse: false,
    gracefulShutdown: false,
    delegate: { onInvite },
  });
  const socket = agent.transport;
  if (!(socket instanceof SipSocket)) throw new Error('sip.js made a transport of its own');
  return { agent, socket };
}
