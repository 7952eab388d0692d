import { CopyButton } from '@/components/forms/copy-field';

/** Text for a terminal, to read and to copy. */
export function CodeBlock({ text, label }: { text: string; label: string }) {
  return (
    <div className="relative">
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
        tabIndex={0}
        className="max-h-[50vh] overflow-auto rounded-lg border border-border bg-surface-secondary p-3 pr-12 font-mono text-[0.8125rem] leading-relaxed whitespace-pre-wrap break-words"
      >
        {text}
      </pre>
      <div className="absolute top-1.5 right-1.5">
        <CopyButton value={text} label={label} />
      </div>
    </div>
  );
}
