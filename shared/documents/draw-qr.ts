/**
 * QR codes as drawings.
 *
 * Invariant: error correction M and a quiet zone of four modules, as EPC069-12 and ISO 18004 ask for; above version 13 none is drawn.
 */
import encodeQR from 'qr';
import type { Html } from './html.ts';
import { html } from './html.ts';

const QUIET_MODULES = 4;
const LARGEST_VERSION = 13;
/** Of a version: 17 + 4 × version modules, without the quiet zone. */
const LARGEST_SIDE = 17 + 4 * LARGEST_VERSION;

/** The modules with their quiet zone: rows of true for dark. @throws RangeError on a text too long for version 13 */
export function qrModules(text: string): boolean[][] {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET_MODULES });
  if (modules.length > LARGEST_SIDE + 2 * QUIET_MODULES) throw new RangeError('qrModules: the text is too long');
  return modules;
}

/** As SVG in which a module is one unit; `label` is what is read aloud. */
export function drawQr(text: string, label: string): Html {
  const modules = qrModules(text);
  const side = modules.length;
  const path = modules.map((row, y) => runsOf(row).map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`).join('')).join('');
  return html`<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}

/** Neighbouring dark modules as one bar: from where, how wide. */
function runsOf(row: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const [x, isDark] of row.entries()) {
    const last = runs.at(-1);
    if (!isDark) continue;
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  }
  return runs;
}
