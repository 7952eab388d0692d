'use client';

import { Button } from '@heroui/react/button';
import { Star } from 'lucide-react';
import Link from 'next/link';
import { formatNumber } from '@/lib/format/numbers';
import type { ObjectEntry } from '@/lib/records/objects/types';
import { objectHref } from './object-sections';

interface ObjectRowProps {
  connectionId: string;
  object: ObjectEntry;
  /** Undefined: not asked for; null: Salesforce does not count it. */
  count: number | null | undefined;
  locale: string;
  onStar: (isFavourite: boolean) => void;
}

/** An object: the way to its grid, and whether it is a favourite. */
export function ObjectRow({ connectionId, object, count, locale, onStar }: ObjectRowProps) {
  const { name, label, labelPlural, custom, isFavourite } = object;
  return (
    <div className="flex h-full items-center gap-1 rounded-lg pr-1 hover:bg-default has-[a:focus-visible]:bg-default">
      <Link
        href={objectHref(connectionId, name)}
        prefetch={false}
        data-object=""
        className="flex min-w-0 flex-1 items-center gap-x-3 rounded-lg px-3 py-1.5"
      >
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-2">
            <span className="truncate font-medium">{labelPlural || label}</span>
            {custom ? (
              <span className="shrink-0 rounded bg-accent-soft px-1.5 text-xs text-accent-soft-foreground">
                custom
              </span>
            ) : null}
          </span>
          <span className="block truncate font-mono text-xs text-muted">{name}</span>
        </span>
        {count === undefined ? null : (
          <span className="shrink-0 text-sm text-muted tabular-nums">
            {count === null ? 'not counted' : `≈ ${formatNumber(count, { locale, scale: 0 })}`}
          </span>
        )}
      </Link>
      <Button
        isIconOnly
        variant="ghost"
        size="sm"
        aria-label={
          isFavourite ? `Remove ${labelPlural} from favourites` : `Add ${labelPlural} to favourites`
        }
        onPress={() => onStar(!isFavourite)}
      >
        <Star aria-hidden="true" className={isFavourite ? 'fill-current text-warning' : 'text-muted'} />
      </Button>
    </div>
  );
}
