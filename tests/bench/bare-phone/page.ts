/**
 * The least that calls with sip.js in a page: its own transport, its own media, one key to dial and one to hang up, one word on the screen.
 *
 * The same ear as the app's listens for the first sound; candidates are not asked of a server on the internet.
 */
import type { Session } from 'sip.js';
import { Inviter, Registerer, SessionState, UserAgent, Web } from 'sip.js';
import { listenTo } from '../../../renderer/audio/ear.ts';

export interface BarePhone {
  /** Milliseconds of the epoch at which the far end was heard first; null = not yet. */
  heardMs: number | null;
  register(server: string, domain: string, user: string, password: string): Promise<void>;
  /** Dialled by F2, ended by F10. */
  number: string;
  isOver: boolean;
}

const word = document.getElementById('state');
let session: Session | null = null;
let dial: (() => void) | null = null;

const show = (state: string): void => {
  if (word === null) return;
  word.dataset['state'] = state;
  word.textContent = state;
};

const phone: BarePhone = {
  heardMs: null, number: '', isOver: true,
  register: async (server, domain, user, password) => {
    const agent = new UserAgent({
      uri: UserAgent.makeURI(`sip:${user}@${domain}`), authorizationUsername: user, authorizationPassword: password,
      transportOptions: { server }, sessionDescriptionHandlerFactoryOptions: { peerConnectionConfiguration: { iceServers: [] } }, logLevel: 'error',
    });
    await agent.start();
    await new Promise<void>((resolve, reject) => {
      void new Registerer(agent).register({ requestDelegate: { onAccept: () => { resolve(); }, onReject: () => { reject(new Error('not registered')); } } });
    });
    dial = () => { void call(agent, domain); };
  },
};

async function call(agent: UserAgent, domain: string): Promise<void> {
  const target = UserAgent.makeURI(`sip:${phone.number}@${domain}`);
  if (target === undefined) throw new Error('no number');
  const player = new Audio();
  const inviter = new Inviter(agent, target, {
    sessionDescriptionHandlerOptions: { constraints: { audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false }, video: false } },
  });
  session = inviter;
  [phone.isOver, phone.heardMs] = [false, null];
  show('dialling');
  let ear: ReturnType<typeof listenTo> | null = null;
  inviter.delegate = {
    onSessionDescriptionHandler: (handler) => {
      if (!(handler instanceof Web.SessionDescriptionHandler)) throw new Error('another media handler');
      handler.peerConnection?.addEventListener('track', ({ track }) => {
        player.srcObject = new MediaStream([track]);
        void player.play();
        ear = listenTo(track);
        ear.onFirstSound(() => { phone.heardMs = performance.timeOrigin + performance.now(); });
      });
    },
  };
  inviter.stateChange.addListener((state) => {
    if (state === SessionState.Established) show('talking');
    if (state !== SessionState.Terminated) return;
    ear?.close();
    player.srcObject = null;
    phone.isOver = true;
    show('ended');
  });
  await inviter.invite({ requestDelegate: { onProgress: ({ message }) => { if (message.statusCode === 180) show('ringing'); } } });
}

window.addEventListener('keydown', ({ key }) => {
  if (key === 'F2') dial?.();
  if (key === 'F10' && session?.state === SessionState.Established) void session.bye();
});
Object.assign(window, { phone });
