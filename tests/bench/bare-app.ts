/** The least that can show a form: one window, one page, no code of ours. Answers the folder to start Electron with. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function writeBareApp(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'bare', version: '1.0.0', main: 'main.cjs' }));
  writeFileSync(join(folder, 'main.cjs'), `const { app, BrowserWindow } = require('electron');
app.setPath('userData', require('node:path').join(__dirname, 'profile'));
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1366, height: 768, show: false, webPreferences: { sandbox: true, contextIsolation: true } });
  window.once('ready-to-show', () => window.show());
  window.loadFile(require('node:path').join(__dirname, 'index.html'));
});
app.on('window-all-closed', () => app.quit());
`);
  writeFileSync(join(folder, 'index.html'), '<!doctype html><meta charset="utf-8"><title>bare</title><h1>Accesso</h1><label>Nome <input autofocus></label><button>Entra</button>');
  return folder;
}
