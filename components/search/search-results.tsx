import Link from 'next/link';
import { objectHref } from '@/components/objects/object-sections';
import type { SearchAnswer } from '@/lib/records/search/types';

/** A line that Enter opens: a record, or the rest of its object in the grid. */
export interface SearchLine {
  id: string;
  href: string;
  name: string;
  detail: string;
}

/** The lines of an answer, by object. */
export function searchLines(
  connectionId: string,
  q: string,
  { groups }: SearchAnswer,
): Array<{ title: string; lines: SearchLine[] }> {
  return groups.map(({ sobject, labelPlural, hits, isFull }) => ({
    title: labelPlural,
    lines: [
      ...hits.map(({ id, name, detail }) => ({
        ...{ id, name, detail },
        href: `/connections/${connectionId}/records/${id}`,
      })),
      ...(isFull
        ? [
            {
              id: `all-${sobject}`,
              name: `Search all ${labelPlural} for “${q}”`,
              detail: 'There may be more than these.',
              href: `${objectHref(connectionId, sobject)}?view=all&q=${encodeURIComponent(q)}`,
            },
          ]
        : []),
    ],
  }));
}

interface SearchResultsProps {
  groups: ReturnType<typeof searchLines>;
  listId: string;
  /** Id of the line that Enter opens. */
  active: string | null;
  onOpen: () => void;
}

/** What was found, by object. The focus stays in the search field, which names the active line. */
export function SearchResults({ groups, listId, active, onOpen }: SearchResultsProps) {
  return (
    <div
      id={listId}
      role="listbox"
      tabIndex={-1}
      aria-label="Records found"
      className="max-h-[min(26rem,55dvh)] overflow-y-auto"
    >
      {groups.map(({ title, lines }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
        <div key={title} role="group" aria-label={title} className="py-1">
          <p aria-hidden="true" className="px-3 py-1 text-xs font-semibold text-muted">
            {title}
          </p>
          {lines.map(({ id, href, name, detail }) => (
            <Link
              key={id}
              id={`${listId}-${id}`}
              role="option"
              aria-selected={id === active}
              tabIndex={-1}
              href={href}
              prefetch={false}
              onClick={onOpen}
              className="block rounded-lg px-3 py-1.5 hover:bg-default aria-selected:bg-default"
            >
              <span className="block truncate font-medium">{name}</span>
              {detail ? <span className="block truncate text-xs text-muted">{detail}</span> : null}
            </Link>
          ))}
        </div>
      ))}
    </div>
  );
}
