import Link from 'next/link';
import type { ReactNode } from 'react';
import { WhoseData } from '@/components/grants/whose-data';
import { EnvironmentBadge } from '@/components/states/environment-badge';
import type { ConnectionSummary } from '@/lib/connections/types';

const OBJECTS = [
  { segment: 'accounts', label: 'Accounts' },
  { segment: 'opportunities', label: 'Opportunities' },
] as const;

interface GridPageProps {
  connection: ConnectionSummary;
  /** `accounts`, `opportunities`, or the API name of another object. */
  current: string;
  /** What the object is called, where the page knows it. */
  title?: string;
  /** The way to every other object. */
  objects?: ReactNode;
  children: ReactNode;
}

/** A page that is all grid: whose data this is, which object, and the rest of the height for rows. */
export function GridPage({ connection, current, title, objects, children }: GridPageProps) {
  const { environment } = connection;
  const heading = title ?? OBJECTS.find(({ segment }) => segment === current)?.label ?? current;
  return (
    <main
      id="main"
      tabIndex={-1}
      data-environment={environment.kind}
      data-color={environment.color ?? undefined}
      className="mx-auto flex h-[calc(100dvh-3.5rem-1px)] min-h-[28rem] w-full max-w-[120rem] flex-col gap-3 environment-line border-t-2 px-4 pt-3 pb-2 outline-none sm:px-6"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="truncate text-xl leading-7 font-semibold tracking-tight">{heading}</h1>
          <EnvironmentBadge {...environment} />
          <WhoseData connection={connection} />
        </div>
        <nav aria-label="Objects" className="flex max-w-full flex-wrap items-center gap-2">
          <div className="flex gap-0.5 rounded-lg bg-default p-0.5">
            {OBJECTS.map(({ segment, label }) => (
              <Link
                key={segment}
                href={`/connections/${connection.id}/${segment}`}
                aria-current={segment === current ? 'page' : undefined}
                className="rounded-md px-3 py-1 text-sm font-medium text-muted hover:text-foreground aria-[current=page]:bg-(--segment) aria-[current=page]:text-foreground aria-[current=page]:shadow-surface"
              >
                {label}
              </Link>
            ))}
          </div>
          {objects}
        </nav>
      </div>
      {children}
    </main>
  );
}
