import { describe, expect, it } from 'vitest';
import { standardPacks } from '../../../shared/script/standard-packs.ts';
import type { PreviewClick } from '../../../shared/contract/conduct-office-channels.ts';
import { previewSamples } from '../../../shared/contract/conduct-office-channels.ts';
import { previewContext, walkPreview } from './preview-script-draft.ts';

describe('the preview', () => {
  it('begins every script on every sample in both languages, and goes on where one clicks', () => {
    for (const pack of standardPacks) {
      for (const sample of previewSamples) {
        const context = previewContext(pack, sample);
        for (const locale of ['it', 'en'] as const) {
          const begun = walkPreview(pack, context, locale, []);
          expect(begun.problem, `${pack.id} ${sample} ${locale}`).toBeNull();
          const step = begun.walk?.step;
          expect(step?.answers.length).toBeGreaterThan(0);
          const click: PreviewClick = { kind: 'answer', stepId: step!.stepId, answerId: step!.answers[0]!.answerId, values: {} };
          const next = walkPreview(pack, context, locale, [click]);
          expect(next).toMatchObject({ problem: null, refused: null });
          expect(next.walk?.trail.map(({ stepId }) => stepId)).toEqual([step!.stepId]);
        }
      }
    }
  });

  it('says why a script cannot be read out yet', () => {
    const pack = structuredClone(standardPacks[0]!);
    const start = pack.steps.find(({ id }) => id === pack.start);
    if (start === undefined || start.kind === 'go') throw new Error('the standard script begins with words');
    start.say = [{ it: '{nobody}', en: '{nobody}' }];
    const { walk, problem } = walkPreview(pack, previewContext(pack, 'one-invoice'), 'it', []);
    expect(walk).toBeNull();
    expect(problem).toContain('nobody');
  });

  it('is refused by an answer that is not there any more', () => {
    const pack = standardPacks[0]!;
    const { refused, walk } = walkPreview(pack, previewContext(pack, 'one-invoice'), 'it', [{ kind: 'answer', stepId: pack.start, answerId: 'gone', values: {} }]);
    expect(refused).not.toBeNull();
    expect(walk).not.toBeNull();
  });
});
