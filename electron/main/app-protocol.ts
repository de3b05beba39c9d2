/**
 * Serves the built pages at `app://premura/`.
 *
 * Invariant: only regular files below the renderer's folder are ever answered, every answer
 * carries the policy, and a page may run no code and no style that the build did not put there:
 * the nonce is fresh in each answer.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import type { Protocol } from 'electron';
import { newRandomHex } from '../../shared/id.ts';
import { contentSecurityPolicy, contentTypes, fileOfUrl, scheme } from './app-origin.ts';

const noncePlaceholder = /__CSP_NONCE__/g;

/** Must run before `ready`: gives our pages a real origin. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Must run after `ready`: answers the requests of our pages, in the usual session or in another one. */
export function serveAppProtocol(rendererDirectory: string, of: Protocol = protocol): void {
  of.handle(scheme, async (request) => {
    const file = request.method === 'GET' ? fileOfUrl(rendererDirectory, request.url) : null;
    if (file === null) return new Response(null, { status: 404 });
    let content: Buffer;
    try {
      content = await readFile(file);
    } catch (error) {
      if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')) {
        return new Response(null, { status: 404 });
      }
      throw error;
    }
    const nonce = newRandomHex(16);
    const extension = path.extname(file);
    const body = extension === '.html' ? content.toString('utf8').replace(noncePlaceholder, nonce) : new Uint8Array(content);
    return new Response(body, {
      headers: {
        'content-type': contentTypes[extension] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy(nonce),
        'x-content-type-options': 'nosniff',
        'cache-control': extension === '.html' ? 'no-store' : 'no-cache',
      },
    });
  });
}
