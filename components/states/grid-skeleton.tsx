const WIDTHS = [
  'w-40',
  'w-52',
  'w-32',
  'w-44',
  'w-36',
  'w-48',
  'w-28',
  'w-40',
  'w-44',
  'w-36',
  'w-52',
  'w-32',
  'w-44',
  'w-36',
];

/** The shape of a grid while Salesforce is asked. */
export function GridSkeleton({ label }: { label: string }) {
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <p role="status" className="sr-only">
        Loading {label}…
      </p>
      <div aria-hidden="true" className="flex items-center gap-4">
        <div className="h-9 w-full animate-pulse rounded-lg bg-default sm:w-72" />
        <div className="hidden h-4 w-28 animate-pulse rounded bg-default sm:block" />
        <div className="ml-auto hidden h-7 w-72 animate-pulse rounded-lg bg-default md:block" />
      </div>
      <div
        aria-hidden="true"
        className="min-h-64 flex-1 overflow-hidden rounded-xl bg-surface shadow-surface"
      >
        <div className="h-9 border-b border-border bg-surface-secondary" />
        {WIDTHS.map((width, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: never reordered
            key={index}
            className="flex h-9 items-center gap-10 border-b border-separator px-3"
          >
            <div className={`h-3 ${width} max-w-[40vw] shrink-0 animate-pulse rounded bg-default`} />
            <div className="h-3 w-24 shrink-0 animate-pulse rounded bg-default" />
            <div className="h-3 w-20 shrink-0 animate-pulse rounded bg-default" />
            <div className="h-3 w-32 shrink-0 animate-pulse rounded bg-default" />
            <div className="h-3 w-24 shrink-0 animate-pulse rounded bg-default" />
          </div>
        ))}
      </div>
      <div aria-hidden="true" className="h-8" />
    </div>
  );
}
