import { CircleSlash, PencilLine, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { EnvironmentDetail } from '@/lib/environments/types';

interface EnvironmentNoticesProps {
  environment: Pick<EnvironmentDetail, 'slug' | 'isProduction' | 'status'>;
}

/** What whoever changes something here should know first. */
export function EnvironmentNotices({ environment }: EnvironmentNoticesProps) {
  const { slug, isProduction, status } = environment;
  return (
    <>
      {isProduction ? (
        <Notice icon={<TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warning" />}>
          <strong className="font-semibold">This is production.</strong> Real people work with what you change
          here.
        </Notice>
      ) : null}
      {status === 'disabled' ? (
        <Notice icon={<CircleSlash aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />}>
          <strong className="font-semibold">Disabled by an administrator.</strong> Nobody signs in or connects
          through it or reads there. Nothing is revoked, and its connections are kept alive.
        </Notice>
      ) : null}
      {status === 'draft' ? (
        <Notice icon={<PencilLine aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />}>
          <strong className="font-semibold">This is a draft.</strong> Nobody can use it until it has the org’s
          address and a consumer key and is saved. Orgdock can create the app in the org: on the{' '}
          <Link href={`/admin/environments/${slug}/app`} prefetch={false} className="text-link underline">
            App tab
          </Link>
          .
        </Notice>
      ) : null}
    </>
  );
}

function Notice({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div
      role="note"
      className="flex gap-3 rounded-lg border border-border bg-surface-secondary px-3.5 py-2.5"
    >
      {icon}
      <p className="text-pretty">{children}</p>
    </div>
  );
}
