'use client';

import { CopyButton } from '@/components/forms/copy-field';
import { ControlDialog } from '@/components/grid-controls/fields/control-dialog';
import { formatNumber } from '@/lib/format/numbers';
import type { GridWindow } from '@/lib/records/types';
import { formatSoql, type SoqlToken } from './format-soql';

const COLORS: Readonly<Record<SoqlToken['kind'], string>> = {
  word: 'font-semibold text-link',
  text: 'text-success-soft-foreground',
  value: 'text-warning-soft-foreground',
  plain: '',
};

/** The statement as it was sent to Salesforce, to read and to copy. */
export function SoqlDialog({ window, onClose }: { window: GridWindow; onClose: () => void }) {
  const { soql, locale } = window;
  const lines = formatSoql(soql);
  return (
    <ControlDialog
      title="SOQL"
      description="The statement behind this list, as it was sent to Salesforce."
      wide
      onClose={onClose}
    >
      <div className="relative p-1">
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
          tabIndex={0}
          className="max-h-[50vh] overflow-auto rounded-lg border border-border bg-surface-secondary p-3 pr-12 font-mono text-[0.8125rem] leading-relaxed whitespace-pre-wrap break-words"
        >
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text that does not change.
            <span key={index} className="block">
              {line.map((token, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                <span key={at} className={COLORS[token.kind]}>
                  {token.text}
                </span>
              ))}
            </span>
          ))}
        </pre>
        <div className="absolute top-3 right-3">
          <CopyButton value={soql} label="Copy SOQL" />
        </div>
      </div>
      <p className="px-1 pt-1 text-xs text-muted">
        {`${formatNumber(soql.length, { locale, scale: 0 })} of at most 100,000 characters`}
      </p>
    </ControlDialog>
  );
}
