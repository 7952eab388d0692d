import type { Alternative } from '@/lib/doctor/types';

/** What fits as well, likeliest first; folded, because one cause at a time is enough to read. */
export function Alternatives({ alternatives }: { alternatives: Alternative[] }) {
  if (alternatives.length === 0) return null;
  return (
    <details>
      <summary className="cursor-pointer rounded-sm text-link">
        What else it may be ({alternatives.length})
      </summary>
      <ol className="mt-2 list-decimal space-y-3 pl-5 marker:text-muted">
        {alternatives.map(({ id, title, why, fix }) => (
          <li key={id} data-alternative={id}>
            <p className="font-medium">{title}</p>
            <p className="text-[0.8125rem] text-muted">{why}</p>
            <ul className="mt-1 list-disc space-y-0.5 pl-5 text-[0.8125rem] marker:text-muted">
              {fix.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </details>
  );
}
