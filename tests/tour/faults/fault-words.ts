/** Words of the locale that hold a figure: what stands before it. */
import { word } from '../../support/screen-words.ts';

export function words(key: string): { before(mark: string): string } {
  return { before: (mark) => word(key).split(mark)[0]?.trim() ?? '' };
}
