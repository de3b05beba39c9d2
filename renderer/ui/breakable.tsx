/** An address of a post box or a site, broken where a reader would break it and not within a word. */
import { Fragment } from 'react';
import type { ReactNode } from 'react';

export function Breakable({ text }: { text: string }): ReactNode {
  return text.split(/(?<=[@/_-])|(?=\.)/u).map((piece, place) => <Fragment key={`${String(place)}-${piece}`}>{place === 0 ? null : <wbr />}{piece}</Fragment>);
}
