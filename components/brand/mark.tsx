/** The Orgdock mark: an O that is open for what docks there. Decorative; the word beside it is the name. */
export function Mark({ className = 'size-7' }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="8" className="fill-[#155a8f]" />
      <path d="M22.6 10.4a8.65 8.65 0 1 0 0 11.2" stroke="#fff" strokeWidth="3.1" strokeLinecap="round" />
      <circle cx="22.2" cy="16" r="3.3" className="fill-[#9fd8ff]" />
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
