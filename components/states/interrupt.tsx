import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Mark } from '@/components/brand/mark';
import { LinkButton } from './link-button';

interface InterruptProps {
  Icon: LucideIcon;
  status: string;
  title: string;
  href: string;
  label: string;
  children: ReactNode;
}

/** A page that ends here, and where one can go. */
export function Interrupt({ Icon, status, title, href, label, children }: InterruptProps) {
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto flex min-h-[70dvh] max-w-md flex-col items-center justify-center px-4 py-16 text-center outline-none"
    >
      <Mark className="size-9" />
      <p className="mt-6 inline-flex items-center gap-1.5 text-xs font-medium text-muted">
        <Icon aria-hidden="true" className="size-4" />
        {status}
      </p>
      <h1 className="mt-1.5 text-xl font-semibold tracking-tight">{title}</h1>
      <p className="mt-2 text-muted">{children}</p>
      <div className="mt-6">
        <LinkButton href={href} variant="primary">
          {label}
        </LinkButton>
      </div>
    </main>
  );
}
