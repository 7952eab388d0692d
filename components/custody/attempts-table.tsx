import { History } from 'lucide-react';
import Link from 'next/link';
import { Instant, type Viewer } from '@/components/states/instant';
import type { AttemptPage, TokenAttempt } from '@/lib/connections/types';
import { durationWords, eventWords, outcomeWords, purposeWords, type Tone } from './attempt-words';

const TONES: Record<Tone, string> = {
  good: 'bg-success-soft text-success-soft-foreground',
  bad: 'bg-danger-soft text-danger-soft-foreground',
  open: 'bg-warning-soft text-warning-soft-foreground',
  plain: 'bg-default text-default-foreground',
};

export interface AttemptsProps {
  page: AttemptPage;
  /** The page of this connection; older attempts are `?older=`. */
  href: string;
  /** Whether these are older ones already. */
  isOlder: boolean;
  viewer: Viewer;
}

/** Every time a token left Orgdock: when, what for, how it ended, how long it took; a card each on a phone. */
export function AttemptsTable({ page, href, isOlder, viewer }: AttemptsProps) {
  if (page.attempts.length === 0) return <NoAttempts href={href} isOlder={isOlder} />;
  return (
    <>
      <table className="block w-full text-[0.8125rem] md:table">
        <caption className="sr-only">Attempts, newest first</caption>
        <thead className="hidden border-b border-border text-left text-xs text-muted md:table-header-group">
          <tr>
            {['When', 'What for', 'Outcome', 'Took', 'Tokens', 'Process'].map((name) => (
              <th key={name} scope="col" className="py-2 pr-4 font-medium last:pr-0">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="block divide-y divide-separator md:table-row-group">
          {page.attempts.map((attempt) => (
            <Row key={attempt.id} attempt={attempt} viewer={viewer} />
          ))}
        </tbody>
      </table>
      <Pages page={page} href={href} isOlder={isOlder} />
    </>
  );
}

function Row({ attempt, viewer }: { attempt: TokenAttempt; viewer: Viewer }) {
  const { what, why } = purposeWords(attempt);
  const { text, tone } = outcomeWords(attempt);
  const cell = 'block align-top md:table-cell md:py-2.5 md:pr-4';
  return (
    <tr
      className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1.5 py-3 md:table-row"
      data-outcome={attempt.outcome}
    >
      <td className={`${cell} text-muted md:whitespace-nowrap md:text-foreground`}>
        <Instant iso={attempt.at} viewer={viewer} exact />
      </td>
      <td className={`${cell} order-first col-span-2`}>
        <span className="font-medium">{what}</span>
        {why ? <span className="text-muted md:block"> {why}</span> : null}
      </td>
      <td className={`${cell} order-3 col-span-2 min-w-0 md:w-[45%]`}>
        <span className={`inline-block rounded-md px-1.5 text-xs leading-5 font-medium ${TONES[tone]}`}>
          {text}
        </span>
        <Words attempt={attempt} />
        {attempt.events.map((event) => (
          <span key={event.event} className="mt-1 block max-w-[60ch] text-pretty break-words text-muted">
            {eventWords(event)}
          </span>
        ))}
      </td>
      <td
        className={`${cell} text-right text-muted tabular-nums md:text-left md:whitespace-nowrap md:text-foreground`}
      >
        {durationWords(attempt.durationMs)}
      </td>
      <td className={`${cell} order-4 text-muted`}>
        <span className="md:hidden">Tokens </span>
        <span className="tabular-nums">{attempt.generation}</span>
        {attempt.ofThisGrant ? null : ' of an earlier consent'}
      </td>
      <td className={`${cell} order-5 text-right font-mono text-xs text-muted md:pr-0 md:text-left`}>
        {attempt.process}
      </td>
    </tr>
  );
}

function Words({ attempt: { words, httpStatus } }: { attempt: TokenAttempt }) {
  if (words === null) return null;
  const status = httpStatus === null ? '' : ` (HTTP ${httpStatus})`;
  const who = words.by === 'salesforce' ? `Salesforce said${status}: ` : 'Orgdock noted: ';
  return (
    <span className="mt-1 block break-words text-muted">
      {who}
      <span className="font-mono text-xs">
        {words.error}
        {words.description ? `: ${words.description}` : ''}
      </span>
    </span>
  );
}

function NoAttempts({ href, isOlder }: { href: string; isOlder: boolean }) {
  return (
    <div className="flex items-center gap-3 rounded-lg border border-dashed border-border px-4 py-5 text-muted">
      <History aria-hidden="true" className="size-5 shrink-0" />
      {isOlder ? (
        <p>
          There are no older attempts. <Newest href={href} />
        </p>
      ) : (
        <p>No attempt yet. The first one comes when the access token has ended, or for keep-alive.</p>
      )}
    </div>
  );
}

function Pages({ page, href, isOlder }: Omit<AttemptsProps, 'viewer'>) {
  if (!isOlder && page.older === null) return null;
  return (
    <nav aria-label="Pages of attempts" className="mt-4 flex flex-wrap gap-x-6 gap-y-2">
      {isOlder ? <Newest href={href} /> : null}
      {page.older ? (
        <Link href={`${href}?older=${page.older}#attempts`} className="inline-link" prefetch={false}>
          Show older
        </Link>
      ) : null}
    </nav>
  );
}

function Newest({ href }: { href: string }) {
  return (
    <Link href={`${href}#attempts`} className="inline-link" prefetch={false}>
      Show the newest
    </Link>
  );
}
