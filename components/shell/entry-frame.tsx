import type { ReactNode } from 'react';
import { Wordmark } from '@/components/brand/mark';
import { ThemeMenu } from './theme-menu';

/** Pages before and beside the portal: sign-in, set-up, no access. One calm card. */
export function EntryFrame({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between px-4 py-4 sm:px-6">
        <Wordmark />
        <ThemeMenu />
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="flex flex-1 items-start justify-center px-4 pt-[6vh] pb-16 outline-none sm:pt-[10vh]"
      >
        <div
          className={`w-full ${wide ? 'max-w-2xl' : 'max-w-[26rem]'} rounded-2xl bg-surface p-6 shadow-surface sm:p-8`}
        >
          {children}
        </div>
      </main>
    </div>
  );
}
