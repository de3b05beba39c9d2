import { describe, expect, it } from 'vitest';
import { createTrustedFrames, isAppUrl } from './trusted-frames.ts';

const page = 'app://premura/index.html';

describe('trusted frames', () => {
  it('trusts the main frame of our own window at our origin', () => {
    const frames = createTrustedFrames();
    frames.add(7, 'app');
    expect(frames.isTrusted({ windowId: 7, isMainFrame: true, url: page }, 'app')).toBe(true);
  });

  it.each([
    ['an unknown window', { windowId: 8, isMainFrame: true, url: page }],
    ['a frame inside the page', { windowId: 7, isMainFrame: false, url: page }],
    ['a frame that is gone', { windowId: 7, isMainFrame: true, url: null }],
    ['another host', { windowId: 7, isMainFrame: true, url: 'app://premura.example/index.html' }],
    ['another scheme', { windowId: 7, isMainFrame: true, url: 'https://premura/index.html' }],
    ['a blank page', { windowId: 7, isMainFrame: true, url: 'about:blank' }],
  ])('does not trust %s', (_name, sender) => {
    const frames = createTrustedFrames();
    frames.add(7, 'app');
    expect(frames.isTrusted(sender, 'app')).toBe(false);
  });

  it('forgets a window that was closed', () => {
    const frames = createTrustedFrames();
    frames.add(7, 'app');
    frames.remove(7);
    expect(frames.isTrusted({ windowId: 7, isMainFrame: true, url: page }, 'app')).toBe(false);
  });
});

describe('isAppUrl', () => {
  it.each(['app://premura/', 'app://premura/assets/a.js#b'])('accepts %s', (url) => {
    expect(isAppUrl(url)).toBe(true);
  });
  it.each(['', 'app://', 'app://premura:1/', 'app://u@premura/', 'app:premura', 'file:///premura', 'javascript:1'])(
    'refuses %j',
    (url) => {
      expect(isAppUrl(url)).toBe(false);
    },
  );
});
