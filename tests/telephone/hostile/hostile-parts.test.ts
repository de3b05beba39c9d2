/**
 * What a hostile or careless other side puts into the parts of a message; after each of them the agent takes a normal call.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSmallExchange, usualSound } from './small-exchange.ts';
import type { SmallExchange } from './small-exchange.ts';

const RINGS = 180;
const BAD_REQUEST = 400;
const UNKNOWN_SCHEME = 416;
const NOT_ACCEPTABLE = 488;
const KILOBYTE = 1_024;

let exchange: SmallExchange;
const thrown: unknown[] = [];
const note = (error: unknown): void => { thrown.push(error); };

beforeAll(async () => {
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  exchange = await startSmallExchange();
});
afterEach(async () => {
  await exchange.hears();
  await exchange.normalCall();
  expect(thrown).toEqual([]);
});
afterAll(async () => {
  await exchange.close();
  process.off('unhandledRejection', note);
  process.off('uncaughtException', note);
});

describe('headers of 64 kB and more', () => {
  const long = 'x'.repeat(64 * KILOBYTE);
  const options = (headers: string): string => `OPTIONS sip:user@example.com SIP/2.0\r\n${headers}Content-Length: 0\r\n\r\n`;
  const usual = 'Via: SIP/2.0/WS x;branch=z9hG4bKlong\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:user@example.com>\r\nCall-ID: long\r\nCSeq: 1 OPTIONS\r\n';

  it.each([
    ['one line', options(`${usual}Subject: ${long}\r\n`)],
    ['a folded one', options(`${usual}Subject: a\r\n${` ${'x'.repeat(KILOBYTE)}\r\n`.repeat(70)}`)],
    ['a caller’s name', options(usual.replace('<sip:a@x>', `"${long}" <sip:a@x>`))],
    ['a Call-ID', options(usual.replace('Call-ID: long', `Call-ID: ${long}`))],
    ['a tag', options(usual.replace('tag=1', `tag=${long}`))],
    ['a thousand Vias', options(`${'Via: SIP/2.0/WS proxy.example.com;branch=z9hG4bKvia;received=192.0.2.77\r\n'.repeat(1_000)}${usual}`)],
    ['a name of a header', options(`${usual}X-${long}: y\r\n`)],
    ['a request address', options(usual).replace('sip:user@', `sip:${long}@`)],
    ['an answer to nobody', `SIP/2.0 200 OK\r\n${usual}Warning: ${long}\r\nContent-Length: 0\r\n\r\n`],
    ['a whole megabyte', options(`${usual}${`X: ${'y'.repeat(8_000)}\r\n`.repeat(127)}`)],
  ])('%s: nothing rings', (_what, text) => {
    const before = exchange.events.length;
    expect(text.length).toBeGreaterThanOrEqual(64 * KILOBYTE);
    exchange.say(text);
    expect(exchange.events.slice(before)).toEqual([]);
  });

  it('a megabyte and more in one frame ends the connection, and the line comes back by itself', async () => {
    const back = exchange.registeredAgain();
    exchange.say('x'.repeat(2 * KILOBYTE * KILOBYTE));
    await back;
  });
});

describe('a Content-Length', () => {
  const bytes = Buffer.byteLength(usualSound);

  it.each([
    ['too long', String(bytes + 1)], ['much too long', '999999'], ['negative', '-1'], ['a word', 'many'], ['hexadecimal', '0x10'], ['with an exponent', '1e2'],
    ['with a sign', `+${String(bytes)}`], ['a fraction', `${String(bytes)}.0`], ['of twenty digits', '9'.repeat(20)], ['empty', ''],
  ])('%s is refused with 400 and rings nowhere', async (_what, length) => {
    expect(await exchange.invite({ 'Content-Length': length })).toEqual({ status: BAD_REQUEST, caller: null });
  });

  it('too short cuts the description, which is refused with 488 and rings nowhere', async () => {
    expect(await exchange.invite({ 'Content-Length': String(bytes - 12) })).toEqual({ status: NOT_ACCEPTABLE, caller: null });
  });

  it('too short by what follows the description is cut there, and rings', async () => {
    expect(await exchange.invite({ 'Content-Length': String(bytes) }, `${usualSound}a=and more`)).toMatchObject({ status: RINGS });
  });

  it('left out is fine over a WebSocket (RFC 7118)', async () => {
    expect(await exchange.invite({ 'Content-Length': null })).toMatchObject({ status: RINGS });
  });

  it('that counts letters instead of bytes is refused, or cut, and never read beyond its end', async () => {
    const body = usualSound.replace('s=-', 's=Größe');
    expect(await exchange.invite({ 'Content-Length': String(body.length) }, body)).toMatchObject({ status: RINGS });
  });
});

describe('a sound that we do not speak', () => {
  const head = 'v=0\r\no=- 1 1 IN IP4 192.0.2.4\r\ns=-\r\nc=IN IP4 192.0.2.4\r\nt=0 0\r\n';

  it.each([
    ['G.729 alone', `${head}m=audio 4000 RTP/AVP 18\r\na=rtpmap:18 G729/8000\r\n`],
    ['GSM and iLBC', `${head}m=audio 4000 RTP/AVP 3 97\r\na=rtpmap:97 iLBC/8000\r\n`],
    ['AMR, as mobiles speak', `${head}m=audio 4000 RTP/AVP 96\r\na=rtpmap:96 AMR-WB/16000\r\n`],
    ['digits without a voice', `${head}m=audio 4000 RTP/AVP 101\r\na=rtpmap:101 telephone-event/8000\r\n`],
    ['pictures only', `${head}m=video 4000 RTP/AVP 31\r\n`],
    ['a fax', `${head}m=image 4000 udptl t38\r\n`],
    ['sound at port 0', `${head}m=audio 0 RTP/AVP 8\r\n`],
    ['no media', head],
    ['no description', 'hello'],
    ['our codec’s name in another line', `${head}m=audio 4000 RTP/AVP 18\r\ni=PCMA/8000\r\n`],
  ])('%s is refused with 488 and rings nowhere', async (_what, body) => {
    expect(await exchange.invite({}, body)).toEqual({ status: NOT_ACCEPTABLE, caller: null });
  });

  it('another type of body is refused, and rings nowhere', async () => {
    const { status, caller } = await exchange.invite({ 'Content-Type': 'application/unknown' }, '<audio/>');
    expect(status).toBeGreaterThanOrEqual(BAD_REQUEST);
    expect(caller).toBeNull();
  });
});

describe('who calls', () => {
  const from = (name: string): Record<string, string> => ({ From: `${name}<sip:+390612345678@example.com>;tag=c1` });
  const number = '+390612345678';

  it.each([
    ['no name at all', '', null],
    ['writing turned round', '"Banca\u202Eaicnam" ', 'Banca aicnam'],
    ['isolates', '"\u2067\u2066Anna\u2069\u2069" ', 'Anna'],
    ['bell, escape and a null', '"Mario\u0007\u001B[31m\u0000Rossi" ', 'Mario [31m Rossi'],
    ['a line’s end in disguise', '"Mario\u2028Via: x\u0085y" ', 'Mario Via: x y'],
    ['letters without width', '"P\u200Bo\u200Dste\uFEFF" ', 'P o ste'],
    ['a tower of marks', `"x${'\u0301'.repeat(40)}" `, '\u0078\u0301\u0301\u0301'],
    ['markup', '"<b onload=alert(1)>Poste</b>" ', '<b onload=alert(1)>Poste</b>'],
    ['quotes in quotes', '"Mario \\"il Rosso\\" \\\\" ', 'Mario "il Rosso" \\'],
    ['six thousand letters', `"${'Mario '.repeat(1_000)}" `, `${'Mario '.repeat(9)}Mario…`],
    ['nothing that can be read', '"\u202E\u200B\u3164" ', null],
    ['a number as a name', '"+39 02 5555" ', '+39 02 5555'],
  ])('%s: is shown cleanly', async (_what, name, shown) => {
    expect(await exchange.invite(from(name))).toEqual({ status: RINGS, caller: { number, name: shown } });
  });

  it.each([
    ['from a tel: address', { From: '<tel:+39-06-12345678>;tag=c1' }, { number, name: null }],
    ['from a bare one', { From: 'tel:+390612345678;tag=c1' }, { number, name: null }],
    ['from one with a context', { From: '"Mario" <tel:0612345678;phone-context=+39>;tag=c1' }, { number: '0612345678', name: 'Mario' }],
    ['asserted as tel:', { 'P-Asserted-Identity': '"Mario" <tel:+390612345678>' }, { number, name: 'Mario' }],
    ['asserted as sip: and tel: at once', { 'P-Asserted-Identity': '"Mario" <sip:anna@example.com>, <tel:+390612345678>' }, { number, name: 'Mario' }],
    ['asserted in two headers’ worth of nonsense', { 'P-Asserted-Identity': ',,"<tel:>;;<sip:' }, { number: null, name: null }],
    ['asserted with writing turned round', { 'P-Asserted-Identity': '"\u202EMario" <sip:+390612345678@example.com>' }, { number, name: 'Mario' }],
    ['called as tel:', { To: '<tel:1001;phone-context=example.com>' }, { number: null, name: null }],
  ])('%s: rings, with the number', async (_what, change: Record<string, string>, caller) => {
    expect(await exchange.invite(change)).toEqual({ status: RINGS, caller });
  });

  it('a tel: request address is refused with 416, and a tel: Contact, which nobody could be answered at, with 400', async () => {
    const refused = exchange.answer('tel-request', (status) => status > 100);
    exchange.say('INVITE tel:+390612345678 SIP/2.0\r\nVia: SIP/2.0/WS x;branch=z9hG4bKtel\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:user@example.com>\r\nCall-ID: tel-request\r\nCSeq: 1 INVITE\r\nContact: <sip:a@x>\r\nContent-Length: 0\r\n\r\n');
    expect(await refused).toContain(`SIP/2.0 ${String(UNKNOWN_SCHEME)} `);
    expect(await exchange.invite({ Contact: '<tel:+390612345678>' })).toEqual({ status: BAD_REQUEST, caller: null });
  });

  it('an INVITE that says nowhere to answer at is refused', async () => {
    expect(await exchange.invite({ Contact: null })).toEqual({ status: BAD_REQUEST, caller: null });
  });
});
