'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';

/** The main navigation; `aria-current` marks where one is. */
export function NavLinks({ isAdmin }: { isAdmin: boolean }) {
  const pathname = usePathname();
  const links = [
    { href: '/', label: 'Connections', current: pathname === '/' || pathname.startsWith('/connections') },
    ...(isAdmin
      ? [{ href: '/admin/environments', label: 'Environments', current: pathname.startsWith('/admin') }]
      : []),
  ];
  return (
    <nav aria-label="Main" className="flex items-center gap-0.5">
      {links.map(({ href, label, current }) => (
        <Link
          key={href}
          href={href}
          aria-current={current ? 'page' : undefined}
          className="rounded-lg px-1.5 py-1.5 text-[0.8125rem] sm:px-2.5 sm:text-sm font-medium text-muted transition-colors hover:bg-default hover:text-foreground aria-[current=page]:text-foreground aria-[current=page]:bg-default"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
