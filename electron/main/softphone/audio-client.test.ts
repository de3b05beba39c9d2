import { describe, expect, it } from 'vitest';
import { newId } from '../../../shared/id.ts';
import type { CallId } from '../../../shared/id.ts';
import { PAGE_LOST, createAudioClient } from './audio-client.ts';
import type { AudioClient } from './audio-client.ts';
import { ringKind } from './ring-kind.ts';
import { newCallState, nextCallState } from '../../../shared/telephone/call-state.ts';

function client(): { audio: AudioClient; sent: { id: number; name: string }[]; log: string[] } {
  const sent: { id: number; name: string }[] = [];
  const log: string[] = [];
  const audio = createAudioClient({ send: (message) => { sent.push(message as { id: number; name: string }); }, onMessage: () => undefined, log: (line) => { log.push(line); } });
  return { audio, sent, log };
}

describe('questions to the audio page', () => {
  it('wait for a page, and are answered by their number', async () => {
    const { audio, sent } = client();
    const [rings, sdp] = [audio.request('ring', { kind: 'incoming' }), audio.request('describe', { callId: newId<CallId>(), held: false, muted: false, joinedWith: null, offer: null })];
    expect(sent).toEqual([]);
    audio.receive({ kind: 'ready' });
    expect(sent.map(({ name }) => name)).toEqual(['ring', 'describe']);
    audio.receive({ kind: 'answer', id: sent[1]!.id, result: { ok: true, value: { sdp: 'v=0' } } });
    audio.receive({ kind: 'answer', id: sent[0]!.id, result: { ok: true, value: {} } });
    expect(await sdp).toEqual({ ok: true, value: { sdp: 'v=0' } });
    expect(await rings).toEqual({ ok: true, value: {} });
  });

  it('are answered by an error when the page dies, or says nonsense', async () => {
    const { audio, sent, log } = client();
    audio.receive({ kind: 'ready' });
    const [lost, wrong] = [audio.request('list-devices', {}), audio.request('read-quality', { callId: newId<CallId>() })];
    audio.receive({ kind: 'answer', id: sent[1]!.id, result: { ok: true, value: { figures: 'good' } } });
    expect(await wrong).toMatchObject({ ok: false, error: { code: 'audio-answer-invalid' } });
    audio.receive({ anything: 1 });
    expect(log).toHaveLength(1);
    const asked = audio.page();
    audio.pageLost();
    expect(await lost).toMatchObject({ ok: false, error: { code: PAGE_LOST } });
    const next = audio.page();
    expect(next).not.toBe(asked);
    audio.receive({ kind: 'ready' });
    expect(audio.page()).toBe(next);
  });
});

describe('what rings', () => {
  it('is loud for a call alone, low beside another, and the far ringing for our own', () => {
    const offered = newCallState('inbound');
    const dialling = newCallState('outbound');
    const ringing = nextCallState(dialling, { kind: 'rings' });
    const talking = nextCallState(dialling, { kind: 'connected' });
    expect([ringKind([]), ringKind([offered]), ringKind([talking, offered]), ringKind([dialling]), ringKind([ringing]), ringKind([talking])])
      .toEqual(['none', 'incoming', 'waiting', 'none', 'ringback', 'none']);
  });
});
