import { describe, expect, it } from 'vitest';
import { newId } from '../../../shared/id.ts';
import { createPermitBook } from './permit-book.ts';

const permit = (expiresAtMs: number): object => ({ callId: newId(), number: '+390612345678', expiresAtMs });

describe('the book of permits', () => {
  it('takes each permit once, and only while it is good', () => {
    let nowMs = 1_000_000;
    const book = createPermitBook({ nowMs: () => nowMs });
    const one = permit(nowMs + 10_000);
    expect(book.use(one)).toMatchObject({ ok: true });
    expect(book.use(one)).toMatchObject({ ok: false, error: { code: 'dial-permit-used' } });
    const other = permit(nowMs + 10_000);
    nowMs += 10_000;
    expect(book.use(other)).toMatchObject({ ok: false, error: { code: 'dial-permit-expired' } });
    expect(book.use(permit(nowMs + 10_001))).toMatchObject({ ok: false, error: { code: 'dial-permit-expired' } });
    for (const none of [null, undefined, {}, 'permit', { ...permit(nowMs + 5_000), number: 'sip:1@x' }]) {
      expect(book.use(none)).toMatchObject({ ok: false, error: { code: 'dial-without-permit' } });
    }
  });
});
