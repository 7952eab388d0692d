import { ChevronLeft } from 'lucide-react';
import Link from 'next/link';

/** To the page that this one belongs to. */
export function BackLink({ href, children }: { href: string; children: string }) {
  return (
    <Link
      href={href}
      className="-ml-1 inline-flex items-center gap-0.5 rounded-sm text-[0.8125rem] text-muted hover:text-foreground"
    >
      <ChevronLeft aria-hidden="true" className="size-4" />
      {children}
    </Link>
  );
}
