/**
 * The origin of our pages, what they may do, and which files they may ask for.
 *
 * Invariant: a page runs no code and no style that the build did not put there, and only files
 * of a known kind below the renderer's folder have an address.
 */
import path from 'node:path';

export const scheme = 'app';
export const appOrigin = `${scheme}://premura`;

/** The kinds of files that pages are made of. */
export const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ogg': 'audio/ogg',
};

/** MUI's own style element, without a nonce, that stops transitions while the theme changes. */
const muiNoTransitionHash = 'sha256-GNF74DLkXb0fH3ILHgILFjk1ozCF3SNXQ5mQb7WLu/Y=';

/** The policy of our pages; emotion's style elements carry the nonce. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}' '${muiNoTransitionHash}'`,
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

/** The file a URL asks for, or null when it is not one of ours. */
export function fileOfUrl(rendererDirectory: string, requestUrl: string): string | null {
  const url = new URL(requestUrl);
  if (`${url.protocol}//${url.host}` !== appOrigin) return null;
  let wanted: string;
  try {
    wanted = decodeURIComponent(url.pathname);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
  if (wanted.includes('\0')) return null;
  const file = path.resolve(rendererDirectory, `.${wanted === '/' ? '/index.html' : wanted}`);
  const inside = path.relative(rendererDirectory, file);
  if (inside === '' || inside.startsWith('..') || path.isAbsolute(inside)) return null;
  return path.extname(file) in contentTypes ? file : null;
}
