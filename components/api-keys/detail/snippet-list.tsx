import { CopyButton } from '@/components/forms/copy-field';
import type { Snippet } from './snippets';

/** Calls to begin with, each with a button that copies it. */
export function SnippetList({ snippets }: { snippets: Snippet[] }) {
  return (
    <div className="space-y-5">
      {snippets.map(({ title, hint, code }) => (
        <div key={title}>
          <h3 className="text-sm font-medium">{title}</h3>
          <p className="text-xs text-muted">{hint}</p>
          <div className="mt-1.5 flex items-start gap-1 rounded-lg border border-border bg-surface-secondary py-1 pr-1 pl-3">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
            <pre className="min-w-0 flex-1 overflow-x-auto py-1.5 font-mono text-[0.8125rem]" tabIndex={0}>
              {code}
            </pre>
            <CopyButton value={code} label={`Copy: ${title}`} />
          </div>
        </div>
      ))}
    </div>
  );
}
