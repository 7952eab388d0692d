'use client';

import { CircleAlert, Clock } from 'lucide-react';
import { FaultActions, type Reconnection } from './fault-actions';
import { faultWords, type GridFault } from './grid-fault';

interface GridStripProps {
  problem: GridFault;
  label: string;
  /** What is still on screen. */
  kept: string;
  reconnection: Reconnection | null;
  pending: boolean;
  onRetry: () => void;
  onClear: () => void;
}

/** Over a grid whose last good rows stay: what did not work, in Salesforce's words too, and the next step. */
export function GridStrip({ problem, label, kept, reconnection, pending, onRetry, onClear }: GridStripProps) {
  const { title, actions, tone } = faultWords(problem.code, label);
  const Icon = tone === 'danger' ? CircleAlert : Clock;
  const colours =
    tone === 'danger'
      ? 'bg-danger-soft text-danger-soft-foreground'
      : 'bg-warning-soft text-warning-soft-foreground';
  return (
    <div
      role="alert"
      data-code={problem.code}
      className={`flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg px-3 py-2 text-[0.8125rem] ${colours}`}
    >
      <Icon aria-hidden="true" className="size-4 shrink-0 self-start sm:mt-0.5" />
      <div className="min-w-0 flex-1 basis-72">
        <p>
          <strong className="font-semibold">{title}.</strong> {kept}
        </p>
        <p className="text-pretty">
          {problem.message} {problem.nextStep}
        </p>
        {problem.salesforce ? (
          <p className="mt-0.5 font-mono text-xs break-words">
            Salesforce: {problem.salesforce.error}
            {problem.salesforce.description ? `: ${problem.salesforce.description}` : null}
          </p>
        ) : null}
      </div>
      <div className="flex flex-wrap gap-2">
        <FaultActions
          actions={actions}
          reconnection={reconnection}
          size="sm"
          pending={pending}
          onRetry={onRetry}
          onClear={onClear}
        />
      </div>
    </div>
  );
}
