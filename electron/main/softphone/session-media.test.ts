import { describe, expect, it } from 'vitest';
import { newId } from '../../../shared/id.ts';
import type { CallId } from '../../../shared/id.ts';
import { createAudioClient } from './audio-client.ts';
import type { AudioClient } from './audio-client.ts';
import { SessionMedia } from './session-media.ts';

const theirs = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', 'm=audio 40000 RTP/AVP 8', 'a=rtpmap:8 PCMA/8000', ''].join('\r\n');

interface Asked {
  id: number;
  name: string;
  input: { offer?: string | null };
}

/** A session's sound, and the page's side of it. */
function session(): { media: SessionMedia; audio: AudioClient; asked: Asked[]; answerLast: (sdp?: string) => void; newPage: () => void; seen: { stale: number; failures: string[] } } {
  const asked: Asked[] = [];
  const seen = { stale: 0, failures: [] as string[] };
  const audio = createAudioClient({ send: (message) => { asked.push(message as Asked); }, onMessage: () => undefined, log: () => undefined });
  const media = new SessionMedia({
    callId: newId<CallId>(), audio,
    wanted: () => ({ held: false, muted: false, joinedWith: null }),
    onTheirHold: () => undefined,
    onFailure: (code) => { seen.failures.push(code); },
    onStaleAnswer: () => { seen.stale += 1; },
  });
  const newPage = (): void => { audio.receive({ kind: 'ready' }); };
  newPage();
  return {
    media, audio, asked, seen, newPage,
    answerLast: (sdp) => { audio.receive({ kind: 'answer', id: asked.at(-1)!.id, result: { ok: true, value: sdp === undefined ? {} : { sdp } } }); },
  };
}

/** The far end rings, with an offer of the page that is there. */
async function offered(): Promise<ReturnType<typeof session>> {
  const made = session();
  const description = made.media.getDescription();
  made.answerLast('a=setup:actpass');
  expect((await description).body).toBe('a=setup:actpass');
  return made;
}

describe('the answer to an offer', () => {
  it('goes to the page that made it', async () => {
    const { media, asked, answerLast, seen } = await offered();
    const applied = media.setDescription(theirs);
    answerLast();
    await applied;
    expect(asked.map(({ name }) => name)).toEqual(['describe', 'apply']);
    expect(seen).toEqual({ stale: 0, failures: [] });
  });

  it.each([
    ['while the next page opens', false],
    ['after the next page came', true],
  ])('of a page that died is of no use: the sound must be agreed anew; the answer came %s', async (_when, nextIsThere) => {
    const { media, audio, asked, newPage, seen } = await offered();
    audio.pageLost();
    if (nextIsThere) newPage();
    await media.setDescription(theirs);
    if (!nextIsThere) newPage();
    expect(asked.map(({ name }) => name)).toEqual(['describe']);
    expect(seen).toEqual({ stale: 1, failures: [] });
  });

  it('over which its page dies is of no use either', async () => {
    const { media, audio, seen } = await offered();
    const applied = media.setDescription(theirs);
    audio.pageLost();
    await applied;
    expect(seen).toEqual({ stale: 1, failures: [] });
  });

  it('is not waited for any more after a refusal, also where the page dies over going back', async () => {
    const { media, audio, asked, seen } = await offered();
    const back = media.rollbackDescription();
    audio.pageLost();
    await back;
    expect(asked.map(({ name }) => name)).toEqual(['describe', 'rollback']);
    expect(seen).toEqual({ stale: 0, failures: [] });
  });

  it('agreed anew begins the handshake itself, from the new page', async () => {
    const { media, audio, newPage, answerLast } = await offered();
    audio.pageLost();
    await media.setDescription(theirs);
    newPage();
    const again = media.getDescription();
    answerLast('a=setup:actpass');
    expect((await again).body).toBe('a=setup:active');
  });
});

describe('an offer of the far end', () => {
  it('is answered by one page alone, the next one when the first dies over it', async () => {
    const { media, audio, asked, newPage, answerLast, seen } = session();
    await media.setDescription(theirs);
    expect(asked).toEqual([]);
    const answer = media.getDescription();
    audio.pageLost();
    newPage();
    await expect.poll(() => asked.length).toBe(2);
    answerLast('a=setup:active');
    expect((await answer).body).toBe('a=setup:active');
    expect(asked.map(({ name, input }) => [name, input.offer])).toEqual([['describe', theirs], ['describe', theirs]]);
    expect(seen).toEqual({ stale: 0, failures: [] });
  });

  it('is refused when page after page dies over it', async () => {
    const { media, audio, asked, newPage, seen } = session();
    await media.setDescription(theirs);
    const answer = expect(media.getDescription()).rejects.toThrow('audio-page-lost');
    for (let page = 1; page <= 3; page += 1) {
      await expect.poll(() => asked.length).toBe(page);
      audio.pageLost();
      newPage();
    }
    await answer;
    expect(seen.failures).toEqual(['audio-page-lost']);
  });
});
