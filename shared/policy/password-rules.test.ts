import { describe, expect, it } from 'vitest';
import { findPasswordProblem, measurePassword, newFirstPassword } from './password-rules.ts';

describe('passwords', () => {
  it.each([
    ['corta7', 'anna', 'too-short'], ['password1', 'anna', 'too-common'], ['Benvenuto1!', 'anna', 'too-common'], ['aaaaaaaaaaaa', 'anna', 'too-common'],
    ['annarossi2026', 'anna.rossi', 'like-name'], ['un cavallo sul tetto', 'anna', null], ['fiume-lento-9', 'anna', null],
  ] as const)('%s of %s: %s', (password, username, problem) => {
    expect(findPasswordProblem(password, username)).toBe(problem);
  });

  it('calls strong what is long and varied, weak what would be refused', () => {
    expect(measurePassword('un cavallo sul tetto', 'anna')).toBe('strong');
    expect(measurePassword('fiume-lento', 'anna')).toBe('fair');
    expect(measurePassword('fiumelen', 'anna')).toBe('weak');
    expect(measurePassword('password1', 'anna')).toBe('weak');
  });

  it('makes first passwords that pass, differ, and can be written down', () => {
    const made = new Set(Array.from({ length: 200 }, newFirstPassword));
    expect(made.size).toBe(200);
    for (const password of made) {
      expect(password).toMatch(/^[a-hj-km-np-z2-9]{4}(-[a-hj-km-np-z2-9]{4}){2}$/);
      expect(findPasswordProblem(password, 'anna')).toBeNull();
    }
  });
});
