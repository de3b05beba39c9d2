import { describe, expect, it } from 'vitest';
import { isHeld, readSessionDescription } from './session-description.ts';

const head = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n';

describe('a session description', () => {
  it.each([
    [`${head}m=audio 4000 RTP/AVP 8 101\r\n`, 'sendrecv'],
    [`${head}m=audio 4000 RTP/AVP 8 101\r\na=sendonly\r\n`, 'sendonly'],
    [`${head}a=inactive\r\nm=audio 4000 RTP/AVP 0\r\n`, 'inactive'],
    [`${head}m=video 0 RTP/AVP 31\r\na=inactive\r\nm=audio 4000 RTP/SAVPF 111\r\na=rtpmap:111 opus/48000/2\r\n`, 'sendrecv'],
  ])('is read', (text, direction) => {
    expect(readSessionDescription(text)).toEqual({ ok: true, value: { direction } });
  });

  it.each([
    '', 'hello', `${head}m=video 4000 RTP/AVP 31\r\n`, `${head}m=audio 4000 RTP/AVP 18\r\na=rtpmap:18 G729/8000\r\n`, `${head}m=audio 0 RTP/AVP 8\r\n`,
    `${head}m=audio 4000 RTP/AVP 8\r\n${'a=x\r\n'.repeat(20_000)}`,
  ])('is refused where there is no sound that we could play (%#)', (text) => {
    expect(readSessionDescription(text)).toMatchObject({ ok: false, error: { code: 'telephone-sound-unusable' } });
  });

  it('says who is held, by the old way too', () => {
    expect(isHeld('sendonly', head)).toBe(true);
    expect(isHeld('recvonly', head)).toBe(false);
    expect(isHeld('sendrecv', head.replace('c=IN IP4 192.0.2.1', 'c=IN IP4 0.0.0.0'))).toBe(true);
  });
});
