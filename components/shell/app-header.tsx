import Link from 'next/link';
import { Mark } from '@/components/brand/mark';
import { HeaderSearch } from '@/components/search/header-search';
import type { Role } from '@/lib/context';
import { NavLinks } from './nav-links';
import { ThemeMenu } from './theme-menu';
import { UserMenu } from './user-menu';

interface AppHeaderProps {
  displayName: string;
  role: Role;
  /** Requests for access that wait for an administrator. */
  requests: number;
}

/** The bar on top of every signed-in page. */
export function AppHeader({ displayName, role, requests }: AppHeaderProps) {
  return (
    <header className="sticky top-0 z-40 border-b border-separator bg-surface">
      <div className="mx-auto flex h-14 max-w-[100rem] items-center gap-1.5 px-3 sm:gap-5 sm:px-6">
        <Link href="/" className="flex shrink-0 items-center gap-2.5 rounded-lg" aria-label="Orgdock, home">
          <Mark className="size-7" />
          <span className="hidden text-[0.9375rem] font-semibold tracking-tight sm:inline">Orgdock</span>
        </Link>
        <NavLinks role={role} requests={requests} />
        <div className="ml-auto flex items-center gap-1">
          {/* Auditors read no records. */}
          {role === 'auditor' ? null : <HeaderSearch />}
          {/* The narrowest phones find the theme on the account page. */}
          <span className="hidden min-[25rem]:inline">
            <ThemeMenu />
          </span>
          <UserMenu displayName={displayName} role={role} />
        </div>
      </div>
    </header>
  );
}
