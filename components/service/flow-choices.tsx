import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { ServiceFlow } from '@/lib/connections/types';
import { FLOWS } from './flow-words';

/** The flows to choose from, each with what speaks for it. */
export function FlowChoices({ slug, flows }: { slug: string; flows: readonly ServiceFlow[] }) {
  return (
    <ul className="grid gap-4">
      {flows.map((flow) => {
        const { label, summary, advice } = FLOWS[flow];
        return (
          <li
            key={flow}
            className="relative flex items-center gap-4 rounded-xl bg-surface p-5 shadow-surface hover:bg-row-hover"
          >
            <div className="min-w-0 flex-1">
              <h2 className="text-base font-semibold">
                <Link
                  href={`/admin/environments/${slug}/service/new?flow=${flow}`}
                  className="after:absolute after:inset-0 after:rounded-xl focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
                >
                  {label}
                </Link>
              </h2>
              <p className="mt-1">{summary}</p>
              <p className="mt-1 text-muted">{advice}</p>
            </div>
            <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-muted" />
          </li>
        );
      })}
    </ul>
  );
}
