import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSmallExchange } from './small-exchange.ts';
import type { SmallExchange } from './small-exchange.ts';
import { tortureMessages } from './torture-messages.ts';

const MUTATIONS = process.env['PREMURA_TEST_LONG'] === '1' ? 100_000 : 5_000;
const BATCH = 250;
const minuteMs = 60_000;

let exchange: SmallExchange;
const thrown: unknown[] = [];
const note = (error: unknown): void => { thrown.push(error); };

beforeAll(async () => {
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  exchange = await startSmallExchange();
});
afterEach(() => {
  expect(thrown).toEqual([]);
});
afterAll(async () => {
  await exchange.close();
  process.off('unhandledRejection', note);
  process.off('uncaughtException', note);
});

describe('the torture messages of RFC 4475', () => {
  it('are all there', () => {
    expect(tortureMessages).toHaveLength(49);
    expect(new Set(tortureMessages.map(({ section }) => section)).size).toBe(49);
  });

  it.each(tortureMessages)('$section $name', async ({ name, text, answer }) => {
    const owed = answer === null ? null : exchange.answer(/^(?:Call-ID|i): (.*)$/m.exec(text)?.[1]?.trim() ?? name, (status) => status === answer);
    exchange.say(text);
    await owed;
    await exchange.hears();
    await exchange.normalCall();
  });
});

describe('what is not a call', () => {
  const outside = (method: string, extra: string): string =>
    `${method} sip:user@example.com SIP/2.0\r\nVia: SIP/2.0/WS x;branch=z9hG4bKq${method}\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:user@example.com>;tag=forged\r\nCall-ID: forged-${method}\r\nCSeq: 2 ${method}\r\n${extra}Content-Length: 0\r\n\r\n`;

  it.each(['BYE', 'INFO', 'NOTIFY'])('a forged %s is refused', async (method) => {
    const refused = exchange.answer(`forged-${method}`, (status) => status >= 400);
    exchange.say(outside(method, ''));
    await refused;
    await exchange.hears();
  });

  it('a REFER from outside makes nobody dial', async () => {
    const before = exchange.events.length;
    const refused = exchange.answer('forged-REFER', (status) => status >= 400);
    exchange.say(outside('REFER', 'Refer-To: <sip:0899123456@example.com>\r\n'));
    await refused;
    expect(exchange.events.slice(before).filter((event) => event.kind === 'call-begun')).toEqual([]);
  });

  it('an INVITE whose sound we do not speak is refused and rings nowhere', async () => {
    const before = exchange.events.length;
    const body = 'v=0\r\no=- 1 1 IN IP4 192.0.2.4\r\ns=-\r\nc=IN IP4 192.0.2.4\r\nt=0 0\r\nm=audio 4000 RTP/AVP 18\r\n';
    const refused = exchange.answer('no-codec', (status) => status === 488);
    exchange.say(`INVITE sip:user@example.com SIP/2.0\r\nVia: SIP/2.0/WS x;branch=z9hG4bKnc\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:user@example.com>\r\nCall-ID: no-codec\r\nCSeq: 1 INVITE\r\nContact: <sip:a@x>\r\nContent-Type: application/sdp\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`);
    await refused;
    expect(exchange.events.slice(before)).toEqual([]);
  });

  it('a huge message, an empty one and bytes are dropped', async () => {
    for (const text of ['x'.repeat(900_000), `OPTIONS sip:user@example.com SIP/2.0\r\n${'X: y\r\n'.repeat(5_000)}\r\n`, '', '\r\n', '\r\n\r\n', '\u0000\u0001\uFFFF', '\r\n\r\n\r\nSIP']) exchange.say(text);
    await exchange.hears();
    await exchange.normalCall();
  });
});

describe('mutations', () => {
  it(`of all of them (${String(MUTATIONS)}) neither crash nor deafen; after each batch a normal call works`, async () => {
    const draw = generator(4475);
    for (let said = 0; said < MUTATIONS; said += BATCH) {
      for (let index = 0; index < BATCH; index += 1) exchange.say(mutate(draw));
      await exchange.hears();
      await exchange.normalCall();
      expect(thrown).toEqual([]);
    }
    // The control: the parser made nothing of some, or threw, and they were answered all the same.
    expect(exchange.log.filter((line) => line.includes('not readable')).length).toBeGreaterThan(0);
  }, MUTATIONS > 10_000 ? 20 * minuteMs : minuteMs);
});

/** Mulberry32: the same numbers for the same seed. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) % below;
  };
}

const spices = ['\r\n', '\r\n ', '\u0000', '"', '<', '>', ';', ',', ':', '@', '%', '%00', ' ', '\t', '9'.repeat(40), '-1', 'tag=', '\u202E', '\uD800', 'sip:', 'tel:+39', '[::1]', '\\', 'z9hG4bK', 'é'];

function mutate(draw: (below: number) => number): string {
  const pick = (): string => tortureMessages[draw(tortureMessages.length)]?.text ?? '';
  let text = pick();
  for (let times = 1 + draw(4); times > 0; times -= 1) {
    const [from, length] = [draw(text.length + 1), draw(24)];
    const [before, after] = [text.slice(0, from), text.slice(from + length)];
    switch (draw(6)) {
      case 0:
        text = before + after;
        break;
      case 1:
        text = before + (spices[draw(spices.length)] ?? '') + text.slice(from);
        break;
      case 2:
        text = before + text.slice(from, from + length).repeat(2) + after;
        break;
      case 3:
        text = before;
        break;
      case 4: {
        const lines = text.split('\r\n');
        const [one, other] = [draw(lines.length), draw(lines.length)];
        [lines[one], lines[other]] = [lines[other] ?? '', lines[one] ?? ''];
        text = lines.join('\r\n');
        break;
      }
      default:
        text = before + String.fromCharCode(draw(256)) + after + (draw(4) === 0 ? pick().slice(draw(200)) : '');
    }
  }
  // Fresh transactions, or most would be taken for repeats of the first.
  return text.replace(/branch=z9hG4bK\w+/, `branch=z9hG4bK${String(draw(1e9))}`).replace(/@192\.0\.2\.1\r/, `@${String(draw(1e9))}\r`);
}
