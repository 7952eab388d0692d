import type { ReactNode } from 'react';
import { AppHeader } from '@/components/shell/app-header';
import { getContext } from '@/lib/session/context';

/** The frame of signed-in pages. It is no gate: every page asks `requireContext()` itself. */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const ctx = await getContext();
  return (
    <>
      {ctx ? <AppHeader displayName={ctx.displayName} role={ctx.role} /> : null}
      {children}
    </>
  );
}
