import { describe, expect, it } from 'vitest';
import { standardPacks } from '../../../shared/script/standard-packs.ts';
import { readScriptText, scriptText } from './script-file.ts';

describe('the file of a script', () => {
  it('is read as it was written', () => {
    for (const pack of standardPacks) expect(readScriptText(scriptText(pack))).toEqual({ ok: true, value: pack });
  });

  it('is refused with the place that cannot be read', () => {
    expect(readScriptText('{')).toMatchObject({ ok: false, error: { messageKey: 'error.scriptFileUnreadable' } });
    expect(readScriptText(JSON.stringify({ ...standardPacks[0], version: 'new' }))).toMatchObject({ ok: false, error: { messageKey: 'error.scriptFileUnreadable', details: { where: 'version' } } });
  });
});
