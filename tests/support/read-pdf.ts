/** Reads a PDF back with a parser of its own (pdf.js): its words, page by page, what it says about itself, and its picture. */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Pixels } from './read-qr.ts';

export interface ReadPdf {
  /** The lines of each page as they stand, from top to bottom; words of a line apart by one blank, no-break blanks as plain ones. */
  pages: string[][];
  title: string;
  language: string;
  isTagged: boolean;
  sizeMm: { width: number; height: number };
  fonts: string[];
  /** A page as pixels. */
  draw(page: number, scale: number): Promise<Pixels>;
}

interface Word { x: number; y: number; text: string }

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const pages: string[][] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const words: Word[] = [];
    for (const item of (await page.getTextContent()).items) {
      if (!('str' in item) || item.str.trim() === '') continue;
      words.push({ x: Number(item.transform[4]), y: Number(item.transform[5]), text: item.str });
    }
    pages.push(linesOf(words));
  }
  const { info } = await pdf.getMetadata();
  // A map, whatever its type says.
  const mark = (await pdf.getMarkInfo()) as unknown as Map<string, boolean> | null;
  const first = await pdf.getPage(1);
  const [left, bottom, right, top] = first.view as [number, number, number, number];
  const mm = (points: number): number => Math.round(points / 72 * 25.4);
  return {
    pages,
    // The engine writes them in clear.
    fonts: [...new Set([...Buffer.from(bytes).toString('latin1').matchAll(/\/FontName \/[A-Z]{6}\+(\w+)/g)].map(([, name = '']) => name))],
    title: String(Reflect.get(info, 'Title') ?? ''),
    language: String(Reflect.get(info, 'Language') ?? ''),
    isTagged: mark?.get('Marked') === true,
    sizeMm: { width: mm(right - left), height: mm(top - bottom) },
    draw: async (number, scale) => {
      const page = await pdf.getPage(number);
      const viewport = page.getViewport({ scale });
      const [width, height] = [Math.ceil(viewport.width), Math.ceil(viewport.height)];
      const made = (pdf.canvasFactory as { create(width: number, height: number): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } }).create(width, height);
      await page.render({ canvas: made.canvas, canvasContext: made.context, viewport }).promise;
      return { width, height, data: made.context.getImageData(0, 0, width, height).data };
    },
  };
}

/** Words on one height (to a third of a line) are one line. */
function linesOf(words: readonly Word[]): string[] {
  const lines: { y: number; words: Word[] }[] = [];
  for (const word of [...words].sort((one, other) => other.y - one.y)) {
    const line = lines.at(-1);
    if (line !== undefined && line.y - word.y < 3) line.words.push(word);
    else lines.push({ y: word.y, words: [word] });
  }
  return lines.map((line) => line.words.sort((one, other) => one.x - other.x).map(({ text }) => text).join(' ').replace(/\s+/g, ' ').trim());
}
