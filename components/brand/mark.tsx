/** The Orgdock mark: a vessel in its dock. Decorative; the word beside it is the name. */
export function Mark({ className = 'size-7' }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="8" className="fill-[#155a8f]" />
      <path
        d="M7.5 14v4.5a8.5 8.5 0 0 0 17 0V14"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
        fill="none"
      />
      <circle cx="16" cy="12.5" r="4.75" className="fill-[#9fd8ff]" />
    </svg>
  );
}

/** Mark and name. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2.5">
      <Mark />
      <span className="text-[0.9375rem] font-semibold tracking-tight text-foreground">Orgdock</span>
    </span>
  );
}
