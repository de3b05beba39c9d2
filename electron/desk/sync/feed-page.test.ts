/** Lines of the feed: the short way and the long way say the same, and nothing is guessed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GarbledBody, readFeedBody, readFeedLine } from './feed-page.ts';

const line = (body: string, more = ''): string => `{"line":"upsert","kind":"case","id":"a-1","revision":7,"body":${body}${more}}`;

function bodyOf(text: string): { body: unknown; text: string } {
  const read = readFeedLine(text);
  if (read.line !== 'upsert') throw new Error('no upsert');
  expect(read).toMatchObject({ kind: 'case', id: 'a-1', revision: 7 });
  return readFeedBody(read);
}

describe('a line of the feed', () => {
  it('keeps a body as it was written', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
      const text = JSON.stringify(body);
      expect(bodyOf(line(text))).toEqual({ body: JSON.parse(text) as unknown, text });
    }));
  });

  it('leaves out what a newer hub says beside the body', () => {
    expect(bodyOf(line('{"a":{"b":1}}', ',"body2":{"c":2}'))).toEqual({ body: { a: { b: 1 } }, text: '{"a":{"b":1}}' });
    expect(bodyOf(line('{"a":1}', ',"origin":"x"'))).toEqual({ body: { a: 1 }, text: '{"a":1}' });
  });

  it('reads fields in another order, and ids of other letters', () => {
    expect(readFeedLine('{"kind":"case","line":"upsert","id":"a-1","revision":7,"body":{"a":1}}')).toMatchObject({ id: 'a-1', bodyText: '{"a":1}' });
    expect(readFeedLine('{"line":"upsert","kind":"case","id":"a\\u0022 è","revision":7,"body":{}}')).toMatchObject({ id: 'a" è', bodyText: '{}' });
  });

  it.each(['{"a":1', '[1]', '7', 'null', '{"a":1},', '{"a":1}}'])('takes %s for no body', (body) => {
    expect(() => bodyOf(line(body))).toThrow(GarbledBody);
  });

  it.each(['', '{"line":"upsert"', '{"line":"upsert","kind":"case","id":"a-1","revision":0,"body":{}}', '{"line":"other"}'])('throws on %s', (text) => {
    expect(() => readFeedLine(text)).toThrow();
  });
});
