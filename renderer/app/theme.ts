/**
 * The one place for colours, sizes, type and motion.
 *
 * Invariants: both schemes meet WCAG AA for text; lists take their look from classes that read
 * these variables, never from a styling object per row; a visible ring shows where the focus is.
 */
import { createTheme } from '@mui/material/styles';

const light = {
  bg: '#f4f5f4', panel: '#ffffff', line: '#dfe3e1', edge: '#87938f', ink: '#1b2422', dim: '#54625e', faint: '#62706c',
  acc: '#0f766e', accStrong: '#0b5f58', accbg: '#e3f2ef', onAcc: '#ffffff',
  amber: '#8f5104', amberbg: '#fbf0dc', brick: '#9f3a2b', brickbg: '#f9e6e2', blue: '#2b5fa8', bluebg: '#e5eefa',
  green: '#1c7a3c', key: '#eef1f0', focus: '#0f766e', wash: '#f6f8f7',
};

const dark: typeof light = {
  bg: '#111615', panel: '#1a211f', line: '#2c3633', edge: '#6c7a75', ink: '#e7edeb', dim: '#a3b3ae', faint: '#8d9e98',
  acc: '#4cc0b3', accStrong: '#6ad3c7', accbg: '#12302c', onAcc: '#06201c',
  amber: '#e0a04a', amberbg: '#33260f', brick: '#e98674', brickbg: '#3a1d17', blue: '#7fb0ee', bluebg: '#172740',
  green: '#62c483', key: '#26302d', focus: '#6ad3c7', wash: '#1e2624',
};

type Tokens = typeof light;

const fontFamily = "'Inter Variable', system-ui, sans-serif";
const motionMs = 110;

function palette(tokens: Tokens): Record<string, unknown> {
  return {
    primary: { main: tokens.acc, dark: tokens.accStrong, contrastText: tokens.onAcc },
    error: { main: tokens.brick },
    warning: { main: tokens.amber },
    success: { main: tokens.green },
    info: { main: tokens.blue },
    background: { default: tokens.bg, paper: tokens.panel },
    text: { primary: tokens.ink, secondary: tokens.dim, disabled: tokens.faint },
    divider: tokens.line,
  };
}

function variables(tokens: Tokens): Record<string, string> {
  return Object.fromEntries(Object.entries(tokens).map(([name, value]) => [`--${name}`, value]));
}

export const theme = createTheme({
  cssVariables: { colorSchemeSelector: '[data-scheme="%s"]' },
  colorSchemes: { light: { palette: palette(light) }, dark: { palette: palette(dark) } },
  spacing: 8,
  shape: { borderRadius: 8 },
  typography: { fontFamily, fontSize: 14, htmlFontSize: 16, button: { textTransform: 'none', fontWeight: 600, letterSpacing: 0 } },
  transitions: { duration: { shortest: 60, shorter: 80, short: motionMs, standard: motionMs, complex: motionMs, enteringScreen: motionMs, leavingScreen: 80 } },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        ':root': variables(light),
        '[data-scheme="dark"]': variables(dark),
        'html, body, #root': { height: '100%' },
        body: {
          margin: 0, overflow: 'hidden', background: 'var(--bg)', color: 'var(--ink)', fontFamily, fontSize: 14, lineHeight: 1.45,
          fontFeatureSettings: '"tnum", "cv11", "ss03"', fontVariantNumeric: 'tabular-nums',
        },
        ':focus-visible': { outline: '2px solid var(--focus)', outlineOffset: 2, borderRadius: 6 },
        '::selection': { background: 'var(--acc)', color: 'var(--onAcc)' },
        '::placeholder': { color: 'var(--faint)', opacity: 1 },
        '*': { scrollbarColor: 'var(--edge) transparent', scrollbarWidth: 'thin' },
        '@media (prefers-reduced-motion: reduce)': {
          '*, *::before, *::after': { animationDuration: '0.01ms !important', transitionDuration: '0.01ms !important', scrollBehavior: 'auto !important' },
        },
      },
    },
    MuiButtonBase: { defaultProps: { disableRipple: true, disableTouchRipple: true }, styleOverrides: { root: { font: 'inherit' } } },
    MuiButton: {
      defaultProps: { disableElevation: true, variant: 'outlined', color: 'inherit' },
      styleOverrides: {
        root: {
          fontSize: 14, lineHeight: 1.45, padding: '5px 12px', gap: 8, borderColor: 'var(--line)', color: 'var(--ink)', background: 'var(--panel)',
          whiteSpace: 'nowrap', minWidth: 0,
          '&:hover': { background: 'var(--key)', borderColor: 'var(--edge)' },
          '&.Mui-focusVisible': { outline: '2px solid var(--focus)', outlineOffset: 2 },
          '&.Mui-disabled': { color: 'var(--faint)', borderColor: 'var(--line)' },
          '&.primary': { background: 'var(--acc)', borderColor: 'var(--acc)', color: 'var(--onAcc)' },
          '&.primary.Mui-disabled': { background: 'var(--key)', borderColor: 'var(--line)', color: 'var(--faint)' },
          '&.primary:hover': { background: 'var(--accStrong)', borderColor: 'var(--accStrong)' },
          '&.quiet': { border: 0, background: 'transparent', padding: '2px 6px', fontSize: 12.5, color: 'var(--acc)' },
          '&.quiet:hover': { background: 'var(--accbg)' },
        },
      },
    },
    MuiInputBase: {
      styleOverrides: {
        root: {
          fontSize: 14, lineHeight: 1.45, background: 'var(--panel)', border: '1px solid var(--edge)', borderRadius: 8, padding: '4px 10px',
          '&.Mui-focused': { borderColor: 'var(--acc)', outline: '2px solid var(--focus)', outlineOffset: 0 },
          '&.Mui-error': { borderColor: 'var(--brick)' },
          '&::before, &::after': { display: 'none' },
        },
        input: { padding: 0, height: 'auto', '&:focus': { background: 'transparent' }, '&:focus-visible': { outline: 'none' } },
      },
    },
    MuiNativeSelect: { styleOverrides: { select: { padding: '0 20px 0 0 !important', textOverflow: 'ellipsis', '& option': { background: 'var(--panel)', color: 'var(--ink)' } }, icon: { color: 'var(--dim)', right: 6 } } },
    // What closes is gone at once: while it faded, the next key would fall on it.
    MuiDialog: { defaultProps: { transitionDuration: { enter: motionMs, exit: 0 } }, styleOverrides: { paper: { backgroundImage: 'none', border: '1px solid var(--line)', borderRadius: 12 } } },
    MuiPopover: { defaultProps: { transitionDuration: { enter: motionMs, exit: 0 } } },
    MuiMenu: { defaultProps: { transitionDuration: { enter: motionMs, exit: 0 } }, styleOverrides: { paper: { backgroundImage: 'none', border: '1px solid var(--line)', minWidth: 264 } } },
    MuiMenuItem: { styleOverrides: { root: { fontSize: 14, gap: 8, '&.Mui-focusVisible': { background: 'var(--accbg)' } } } },
  },
});

const storageKey = 'premura-theme';
export type ThemeChoice = 'system' | 'light' | 'dark';

/** The theme of this PC before anybody is signed in. */
export function readPcTheme(): ThemeChoice {
  const kept = localStorage.getItem(storageKey);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export function keepPcTheme(theme: ThemeChoice): void {
  localStorage.setItem(storageKey, theme);
}
