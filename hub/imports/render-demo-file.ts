/**
 * Demo files that never grow old.
 *
 * Invariant: a template holds day offsets (`{{-12}}`, `{{+6}}`, `{{0}}`) where a creditor's file holds dates;
 * rendering changes nothing else, byte for byte, whatever the encoding of the file.
 */
import { addDays } from '../../shared/time.ts';
import type { PlainDate } from '../../shared/time.ts';

/** The file of a template, with dates `DD/MM/YYYY` counted from `anchor`. */
export function renderDemoFile(template: Buffer, anchor: PlainDate): Buffer {
  const text = template.toString('latin1').replace(/\{\{([+-]?\d+)\}\}/g, (_match, offset: string) => {
    const [year, month, day] = addDays(anchor, Number(offset)).split('-');
    return `${day}/${month}/${year}`;
  });
  return Buffer.from(text, 'latin1');
}
