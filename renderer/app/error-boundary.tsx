/** The last net: a bug on a screen never leaves an empty window. */
import Button from '@mui/material/Button';
import { Component } from 'react';
import type { ErrorInfo, ReactNode } from 'react';
import { useWords } from './i18n.ts';

interface Props {
  children: ReactNode;
}

export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error('A screen failed.', error, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <Broken />;
  }
}

function Broken(): ReactNode {
  const { t } = useWords();
  return (
    <main className="state-view" role="alert">
      <h1>{t('broken.title')}</h1>
      <p>{t('broken.text')}</p>
      <Button className="primary" onClick={() => { window.location.reload(); }}>{t('broken.reload')}</Button>
    </main>
  );
}
