/**
 * The audio page's only way to main: two functions, never the channel.
 */
import './forbid-eval.ts';
import { contextBridge, ipcRenderer } from 'electron';
import type { AudioPageApi } from '../../shared/contract/audio-channels.ts';
import { audioChannel } from '../../shared/contract/audio-channels.ts';

const api: AudioPageApi = {
  send: (message) => {
    ipcRenderer.send(audioChannel.toMain, message);
  },
  onRequest: (listener) => {
    ipcRenderer.on(audioChannel.toPage, (_event, message: unknown) => {
      listener(message);
    });
  },
};
contextBridge.exposeInMainWorld('premuraAudio', api);
