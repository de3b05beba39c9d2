/** Starts the page: language, theme, link to the desk, then the app. */
import './forbid-eval.ts';
import '@fontsource-variable/inter/wght.css';
import './app.css';
import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { followConnection } from '../bridge/connection.ts';
import { shiftSystemClock } from '../../shared/time.ts';
import { readAppInfo } from '../bridge/preload-api.ts';
import { App } from './app.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { startTranslations } from './i18n.ts';
import { readPcTheme, theme } from './theme.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root.');
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
const styleCache = createCache({ key: 'p', prepend: true, ...(nonce === undefined ? {} : { nonce }) });
const appInfo = readAppInfo();
shiftSystemClock(appInfo.clockShiftMs);

startTranslations(appInfo.locale);
followConnection();

createRoot(root).render(
  <StrictMode>
    <CacheProvider value={styleCache}>
      <ThemeProvider theme={theme} defaultMode={readPcTheme()} storageManager={null} disableTransitionOnChange>
        <CssBaseline />
        <ErrorBoundary>
          <App appInfo={appInfo} />
        </ErrorBoundary>
      </ThemeProvider>
    </CacheProvider>
  </StrictMode>,
);
