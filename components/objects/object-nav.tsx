import Link from 'next/link';
import type { FavouriteObject } from '@/lib/records/objects/types';
import { objectHref } from './object-sections';

interface ObjectNavProps {
  connectionId: string;
  /** `objects`, or the API name of the object that is open. */
  current: string;
  favourites: FavouriteObject[];
}

/** What stands beside Accounts and Opportunities: favourites as tabs, and the way to every other object. */
export function ObjectNav({ connectionId, current, favourites }: ObjectNavProps) {
  const tabs = favourites.filter(({ name }) => name !== 'Account' && name !== 'Opportunity').slice(0, 5);
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-0.5 rounded-lg bg-default p-0.5">
      {tabs.map(({ name, label }) => (
        <Tab key={name} href={objectHref(connectionId, name)} isCurrent={name === current}>
          {label}
        </Tab>
      ))}
      <Tab href={`/connections/${connectionId}/objects`} isCurrent={current === 'objects'}>
        Objects
      </Tab>
    </div>
  );
}

function Tab({ href, isCurrent, children }: { href: string; isCurrent: boolean; children: string }) {
  return (
    <Link
      href={href}
      aria-current={isCurrent ? 'page' : undefined}
      className="max-w-40 truncate rounded-md px-3 py-1 text-sm font-medium text-muted hover:text-foreground aria-[current=page]:bg-(--segment) aria-[current=page]:text-foreground aria-[current=page]:shadow-surface"
    >
      {children}
    </Link>
  );
}
