import type { ReactNode } from 'react';
import { AppHeader } from '@/components/shell/app-header';
import { NoticeList } from '@/components/shell/notice-list';
import { listNotices } from '@/lib/notify/queries';
import { countOpenRequests } from '@/lib/people/requests/queries';
import { getContext } from '@/lib/session/context';
import { dismissNoticeAction } from './actions';

/** The frame of signed-in pages. It is no gate: every page asks `requireContext()` itself. */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const ctx = await getContext();
  return (
    <>
      {ctx ? (
        <AppHeader displayName={ctx.displayName} role={ctx.role} requests={await countOpenRequests(ctx)} />
      ) : null}
      {ctx ? <NoticeList notices={await listNotices(ctx)} dismiss={dismissNoticeAction} /> : null}
      {children}
    </>
  );
}
