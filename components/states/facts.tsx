import type { ReactNode } from 'react';

export interface Fact {
  label: string;
  value: ReactNode;
  /** Explains the value in one short line. */
  hint?: string;
  /** Where several facts have one label. */
  key?: string;
}

/** Names and values under each other on a phone, beside each other elsewhere. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className="divide-y divide-separator">
      {facts.map(({ label, value, hint, key }) => (
        <div key={key ?? label} className="grid gap-x-6 gap-y-0.5 py-2.5 sm:grid-cols-[11rem_1fr]">
          <dt className="text-muted">{label}</dt>
          <dd className="min-w-0 break-words text-foreground">
            {value}
            {hint ? <span className="block text-xs text-muted">{hint}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A titled card of a page. */
export function Section({
  title,
  description,
  children,
}: {
  title: string;
  description?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="rounded-xl bg-surface p-5 shadow-surface sm:p-6">
      <h2 className="text-base font-semibold">{title}</h2>
      {description ? <p className="mt-1 max-w-[65ch] text-pretty text-muted">{description}</p> : null}
      <div className="mt-3">{children}</div>
    </section>
  );
}
