import Link from 'next/link';

const TABS = [
  { tab: 'overview', path: '', label: 'Overview' },
  { tab: 'settings', path: '/settings', label: 'Settings' },
  { tab: 'app', path: '/app', label: 'App' },
] as const;

export type EnvironmentTab = (typeof TABS)[number]['tab'];

/** The pages of one environment; `aria-current` marks where one is. */
export function EnvironmentTabs({ slug, current }: { slug: string; current: EnvironmentTab }) {
  return (
    <nav aria-label="Environment" className="flex w-fit gap-0.5 rounded-lg bg-default p-0.5">
      {TABS.map(({ tab, path, label }) => (
        <Link
          key={tab}
          href={`/admin/environments/${slug}${path}`}
          // Each of them asks the database: only when it is wanted.
          prefetch={false}
          aria-current={tab === current ? 'page' : undefined}
          className="rounded-md px-3 py-1 text-sm font-medium text-muted hover:text-foreground aria-[current=page]:bg-(--segment) aria-[current=page]:text-foreground aria-[current=page]:shadow-surface"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
