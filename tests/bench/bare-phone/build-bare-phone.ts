/** Builds the bare telephone as an app of its own: one window, one page, one script. Answers the folder to start Electron with. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { projectDirectory } from '../../../scripts/project.ts';

export async function buildBarePhone(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  await build({
    configFile: false, root: projectDirectory, logLevel: 'warn', clearScreen: false, mode: 'production',
    build: {
      target: 'chrome130', outDir: folder, emptyOutDir: false, minify: true,
      lib: { entry: path.join(projectDirectory, 'tests/bench/bare-phone/page.ts'), formats: ['iife'], name: 'bare', fileName: () => 'page.js' },
    },
  });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'bare-phone', version: '1.0.0', main: 'main.cjs' }));
  writeFileSync(path.join(folder, 'main.cjs'), `const { app, BrowserWindow } = require('electron');
app.setPath('userData', require('node:path').join(__dirname, 'profile'));
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1366, height: 768, webPreferences: { sandbox: true, contextIsolation: true, backgroundThrottling: false, autoplayPolicy: 'no-user-gesture-required' } });
  window.loadFile(require('node:path').join(__dirname, 'index.html'));
});
app.on('window-all-closed', () => app.quit());
`);
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><meta charset="utf-8"><title>bare</title><p id="state" data-state="none">none</p><script src="page.js"></script>');
  return folder;
}
