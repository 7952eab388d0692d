'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import type { Role } from '@/lib/context';

const ALL: readonly Role[] = ['member', 'auditor', 'admin'];

/** `current`: addresses that belong to the link. */
const LINKS: ReadonlyArray<{ href: string; label: string; roles: readonly Role[]; current: RegExp }> = [
  { href: '/', label: 'Connections', roles: ALL, current: /^\/($|connections)/ },
  {
    href: '/admin/environments',
    label: 'Environments',
    roles: ['admin', 'auditor'],
    current: /^\/admin\/environments/,
  },
  {
    href: '/admin/identity-providers',
    label: 'Identity providers',
    roles: ['admin', 'auditor'],
    current: /^\/admin\/identity-providers/,
  },
  {
    href: '/admin/connections',
    label: 'All connections',
    roles: ['admin', 'auditor'],
    current: /^\/admin\/connections/,
  },
  {
    href: '/admin/people',
    label: 'People',
    roles: ['admin', 'auditor'],
    current: /^\/admin\/people/,
  },
  {
    href: '/admin/api-keys',
    label: 'API keys',
    roles: ['admin', 'auditor'],
    current: /^\/admin\/api-keys/,
  },
  {
    href: '/admin/webhooks',
    label: 'Webhooks',
    roles: ['admin', 'auditor'],
    current: /^\/admin\/webhooks/,
  },
  { href: '/admin/audit', label: 'Audit log', roles: ['admin', 'auditor'], current: /^\/admin\/audit/ },
];

/** The main navigation; `aria-current` marks where one is. What does not fit on a phone is scrolled to. */
export function NavLinks({ role, requests }: { role: Role; requests: number }) {
  const pathname = usePathname();
  const nav = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: on another page another link is the current one
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>('[aria-current]');
    if (nav.current && current) nav.current.scrollLeft = current.offsetLeft - nav.current.offsetLeft;
  }, [pathname]);
  return (
    <nav
      ref={nav}
      aria-label="Main"
      className="scrollbar-none flex min-w-0 items-center gap-0.5 overflow-x-auto"
    >
      {LINKS.filter(({ roles }) => roles.includes(role)).map(({ href, label, current }) => (
        <Link
          key={href}
          href={href}
          aria-current={current.test(pathname) ? 'page' : undefined}
          className="shrink-0 rounded-lg px-1.5 py-1.5 text-[0.8125rem] font-medium whitespace-nowrap text-muted transition-colors hover:bg-default hover:text-foreground aria-[current=page]:bg-default aria-[current=page]:text-foreground sm:px-2.5 sm:text-sm"
        >
          {label}{' '}
          {href === '/admin/people' && requests > 0 ? (
            <span className="relative ml-0.5 rounded-full bg-accent px-1.5 py-px text-[0.6875rem] font-semibold text-accent-foreground tabular-nums">
              {requests}
              <span className="sr-only"> {requests === 1 ? 'request' : 'requests'} for access</span>
            </span>
          ) : null}
        </Link>
      ))}
    </nav>
  );
}
