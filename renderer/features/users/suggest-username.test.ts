import { expect, it } from 'vitest';
import { suggestUsername } from './suggest-username.ts';

it.each([['Carla Serra', 'carla.serra'], ['  Niccolò D’Angelo ', 'niccolo.d.angelo'], ['李', ''], ['', '']])('%j → %j', (name, username) => {
  expect(suggestUsername(name)).toBe(username);
});
