import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, fileOfUrl } from './app-origin.ts';

const root = path.resolve('/srv/renderer');

describe('fileOfUrl', () => {
  it.each([
    ['app://premura/', 'index.html'],
    ['app://premura/index.html', 'index.html'],
    ['app://premura/assets/index-abc.js?x=1#y', 'assets/index-abc.js'],
  ])('serves %s', (url, file) => {
    expect(fileOfUrl(root, url)).toBe(path.join(root, file));
  });

  it.each([
    'app://other/index.html',
    'file:///srv/renderer/index.html',
    'app://premura/..%2f..%2fetc%2fpasswd.html',
    'app://premura/a%00.html',
    'app://premura/%zz.html',
    'app://premura/database.sqlite',
    'app://premura/assets',
  ])('refuses %s', (url) => {
    expect(fileOfUrl(root, url)).toBeNull();
  });

  it('keeps dots inside the folder', () => {
    expect(fileOfUrl(root, 'app://premura/%2e%2e/secret.html')).toBe(path.join(root, 'secret.html'));
  });
});

describe('contentSecurityPolicy', () => {
  it('lets no foreign or inline script run', () => {
    const policy = contentSecurityPolicy('abc');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("'nonce-abc'");
  });

  it('knows the style that MUI puts in without a nonce', () => {
    const library = path.resolve('node_modules/@mui/system/cssVars/createCssVarsProvider.js');
    const style = /DISABLE_CSS_TRANSITION = '([^']+)'/.exec(readFileSync(library, 'utf8'))?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(contentSecurityPolicy('abc')).toContain(`'sha256-${hash}'`);
  });
});
