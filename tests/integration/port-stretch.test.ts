/** The ports that the tests' own servers come back to: a hub that is down must not find another's on its port. */
import { expect, it } from 'vitest';
import { ownPortStretch, portsToDraw } from '../support/port-stretch.ts';

const FROM = 50;

function drawAll(stretch: { draw: () => number }): number[] {
  return Array.from({ length: portsToDraw }, () => stretch.draw());
}

it('two who ask from the same place own no port in common', async () => {
  const one = await ownPortStretch(FROM);
  const other = await ownPortStretch(FROM);
  const ofOne = new Set(drawAll(one));
  expect(ofOne.size).toBe(portsToDraw);
  expect(drawAll(other).filter((port) => ofOne.has(port))).toEqual([]);
  await Promise.all([one.release(), other.release()]);
});

it('draws from the first again after the last', async () => {
  const stretch = await ownPortStretch(FROM);
  expect(drawAll(stretch)).toEqual(drawAll(stretch));
  await stretch.release();
});

it('a stretch given back is owned again: there are fewer than are asked for here', async () => {
  for (let asked = 0; asked < 300; asked += 1) await (await ownPortStretch(FROM)).release();
});
