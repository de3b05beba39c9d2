/**
 * A stranger who knows much of a call, and speaks to the telephone as if it were the exchange, or to the exchange as if it were the far
 * end: the call stays, sounds, and can be hung up.
 *
 * Not to be told apart: a message with the very Call-ID, tags and a fresh CSeq of the call, on the exchange's own connection. Whoever can
 * write that is the exchange; what keeps others from it is TLS.
 */
import dgram from 'node:dgram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallId } from '../../../shared/id.ts';
import { startSipp } from '../support/far-end.ts';
import type { SippRun } from '../support/far-end.ts';
import type { SipTap } from '../support/sip-tap.ts';
import { startSipTap, strangersBranch } from '../support/sip-tap.ts';
import { call, hangUp, register, soundBothWays, useTelephone, weHear } from '../support/telephone.ts';
import { MICROPHONE_HZ } from '../support/telephone-app.ts';

const telephone = useTelephone({ oneCall: true });
const sdpOf = (formats: string): string => `v=0\r\no=- 9 9 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP ${formats}\r\n`;
let tap: SipTap;
let trunk: SippRun;
let callId: CallId;
/** Of the call, as both ends write it. */
let dialog: { id: string; ours: string; theirs: string; contact: string; farContact: string };
let forgeries = 0;

beforeAll(async () => {
  tap = await startSipTap(telephone.rig.wsUrl);
  await register(telephone, { server: tap.url });
  trunk = await startSipp(telephone.rig, 'stays');
  callId = await call(telephone, '0612345678');
  const answered = tap.messages.find(({ by, text }) => by === 'exchange' && text.startsWith('SIP/2.0 200') && /^CSeq: \d+ INVITE/im.test(text))?.text ?? '';
  const part = (pattern: RegExp): string => pattern.exec(answered)?.[1] ?? '';
  const invited = tap.messages.findLast(({ by, text }) => by === 'telephone' && text.startsWith('INVITE '))?.text ?? '';
  dialog = {
    id: part(/^Call-ID: (\S+)/im), ours: part(/^From: .*;tag=([^;\s]+)/im), theirs: part(/^To: .*;tag=([^;\s]+)/im), contact: /^Contact: <([^>]+)>/im.exec(invited)?.[1] ?? '',
    farContact: part(/^Contact: <([^>]+)>/im),
  };
  expect(Object.values(dialog)).not.toContain('');
});

afterAll(async () => {
  await tap.close();
});

interface Forgery { method: string; id?: string; ours?: string; theirs?: string; sequence?: string; extra?: string; body?: string }

/** A request of the far end within the dialog, with what was not guessed rightly. */
function forge({ method, id = dialog.id, ours = dialog.ours, theirs = dialog.theirs, sequence = `${String(100 + forgeries)} ${method}`, extra = '', body = '' }: Forgery): { text: string; branch: string } {
  forgeries += 1;
  const branch = `${strangersBranch}${String(forgeries)}.`;
  const text = [
    `${method} ${dialog.contact} SIP/2.0`, `Via: SIP/2.0/WS 192.0.2.66;branch=${branch}`, `From: <sip:0612345678@rig.test>${theirs === '' ? '' : `;tag=${theirs}`}`,
    `To: <sip:1001@rig.test>${ours === '' ? '' : `;tag=${ours}`}`, `Call-ID: ${id}`, `CSeq: ${sequence}`, 'Max-Forwards: 70', `${extra.replace('@CONTACT@', `Contact: <${dialog.farContact}>\r\n`)}Content-Length: ${String(body.length)}`, '', body,
  ].join('\r\n');
  return { text, branch };
}

async function callStands(): Promise<void> {
  expect(await telephone.app.run(({ phone }) => phone.calls().map((one) => one.state().phase))).toEqual(['connected']);
  await weHear(telephone, callId, MICROPHONE_HZ);
}

describe('a forged message in a call', () => {
  it.each([
    ['a BYE that does not know our tag', { method: 'BYE', ours: 'guessed' }, 481],
    ['a BYE that does not know theirs', { method: 'BYE', theirs: 'guessed' }, 481],
    ['a BYE that has them the wrong way round', { method: 'BYE', ours: 'theirs', theirs: 'ours' }, 481],
    ['a BYE without our tag', { method: 'BYE', ours: '' }, 482],
    ['a BYE without theirs', { method: 'BYE', theirs: '' }, 400],
    ['a BYE of another call', { method: 'BYE', id: 'another@rig.test' }, 481],
    ['a BYE numbered as another method', { method: 'BYE', sequence: '7 INVITE' }, 400],
    ['a BYE numbered beyond what is allowed', { method: 'BYE', sequence: '4294967295 BYE' }, 400],
    ['a BYE without a number', { method: 'BYE', sequence: 'BYE' }, 400],
    ['a re-INVITE that does not know our tag', { method: 'INVITE', ours: 'guessed', extra: 'Contact: <sip:x@192.0.2.66>\r\n' }, 481],
    ['an INFO that does not know theirs', { method: 'INFO', theirs: 'guessed' }, 481],
    ['a REFER that knows everything: nobody dials', { method: 'REFER', extra: 'Contact: <sip:x@192.0.2.66>\r\nRefer-To: <sip:0899123456@rig.test>\r\n' }, 603],
    ['a re-INVITE that knows everything and speaks nothing of ours', { method: 'INVITE', extra: '@CONTACT@Content-Type: application/sdp\r\n', body: sdpOf('18') }, 488],
  ])('%s', async (_what, forgery: Forgery, status) => {
    const { text, branch } = forge(forgery);
    const answered = tap.said((said) => said.startsWith('SIP/2.0 ') && said.includes(branch) && !said.startsWith('SIP/2.0 100'));
    tap.say(text);
    expect(await answered).toContain(`SIP/2.0 ${String(status)} `);
    await callStands();
  });

  it('a BYE with a number that was used up: 500', async () => {
    const { text, branch } = forge({ method: 'BYE', sequence: '3 BYE' });
    const answered = tap.said((said) => said.startsWith('SIP/2.0 ') && said.includes(branch));
    tap.say(text);
    expect(await answered).toContain('SIP/2.0 500 ');
    await callStands();
  });

  it('a CANCEL of a call that was answered', async () => {
    tap.say(forge({ method: 'CANCEL', ours: '' }).text);
    await callStands();
  });

  it('an answer that nobody asked for', async () => {
    for (const status of ['200 OK', '481 Gone', '503 Service Unavailable']) {
      tap.say(`SIP/2.0 ${status}\r\nVia: SIP/2.0/WS x;branch=z9hG4bKnobody\r\nFrom: <sip:1001@rig.test>;tag=${dialog.ours}\r\nTo: <sip:0612345678@rig.test>;tag=${dialog.theirs}\r\nCall-ID: ${dialog.id}\r\nCSeq: 2 INVITE\r\nContent-Length: 0\r\n\r\n`);
    }
    await callStands();
  });

  it('a BYE of a stranger through the exchange, from another address and with a guessed tag', async () => {
    const { text } = forge({ method: 'BYE', theirs: 'guessed' });
    const socket = dgram.createSocket('udp4').bind(0, '127.0.0.3');
    const answered = tap.said((said) => said.startsWith('SIP/2.0 481 '));
    const route = `Route: <sip:127.0.0.1:${String(telephone.rig.ports.sip)};lr>\r\n`;
    // As the exchange itself writes where the telephone's connection ends.
    const target = `${dialog.contact};alias=127.0.0.1~${String(tap.portAtExchange())}~5`;
    socket.send(text.replace(strangersBranch, 'z9hG4bKthrough').replace(dialog.contact, target).replace('SIP/2.0/WS 192.0.2.66', 'SIP/2.0/UDP 127.0.0.3').replace('Max-Forwards', `${route}Max-Forwards`), telephone.rig.ports.sip, '127.0.0.1');
    await answered;
    socket.close();
    await callStands();
  });

  it('leaves a call that can be hung up, and an agent that takes the next ones', async () => {
    await hangUp(telephone, callId);
    await trunk.done;
    const next = await call(telephone, '2001');
    await soundBothWays(telephone, next);
    await hangUp(telephone, next);
    await telephone.app.mark();
    const caller = await startSipp(telephone.rig, 'calls-in');
    const event = await telephone.app.next({ kind: 'call-begun', state: { direction: 'inbound' } });
    const { callId: inbound } = event as { callId: CallId };
    await telephone.app.run(({ phone }, id) => phone.accept(id), inbound);
    await weHear(telephone, inbound, MICROPHONE_HZ);
    await hangUp(telephone, inbound);
    await caller.done;
  });
});
