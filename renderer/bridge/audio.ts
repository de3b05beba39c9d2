/** The audio page's way to main; only this folder touches a preload's API. */
import type { AudioMessage, AudioPageApi } from '../../shared/contract/audio-channels.ts';

declare global {
  interface Window {
    premuraAudio: AudioPageApi;
  }
}

/** Tells main something. */
export function tellMain(message: AudioMessage): void {
  window.premuraAudio.send(message);
}

/** Listens to what main asks; nothing of it is parsed yet. */
export function onAudioRequest(listener: (message: unknown) => void): void {
  window.premuraAudio.onRequest(listener);
}
