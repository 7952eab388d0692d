import { ExternalLink } from 'lucide-react';
import type { ApprovalStep } from './steps';

/** Steps in Setup, in order, each with a way there. */
export function StepList({ id, title, steps }: { id: string; title: string; steps: ApprovalStep[] }) {
  if (steps.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="text-base font-semibold">
        {title}
      </h2>
      <ol className="mt-3 list-decimal space-y-3 pl-5 marker:text-muted">
        {steps.map(({ title: step, text, link }) => (
          <li key={step}>
            <p className="font-medium">{step}</p>
            <p className="mt-0.5 max-w-[65ch] text-pretty text-muted">{text}</p>
            {link ? (
              <a
                href={link.href}
                target="_blank"
                rel="noopener noreferrer"
                className="mt-1 inline-flex items-center gap-1.5 text-accent underline"
              >
                {link.label}
                <ExternalLink aria-hidden="true" className="size-3.5" />
                <span className="sr-only">(new tab)</span>
              </a>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
