import { Hourglass } from 'lucide-react';
import { Instant, timeWords, type Viewer } from '@/components/states/instant';
import type { Settling } from '@/lib/connections/types';

/** While nobody knows what became of a refresh: how Orgdock finds out, and when. */
export function SettlingNotice({ settling, viewer }: { settling: Settling; viewer: Viewer }) {
  const { since } = settling;
  return (
    <section
      aria-label="Outcome unknown"
      data-settling={settling.how}
      className="flex gap-3.5 rounded-xl border border-border bg-surface p-5"
    >
      <Hourglass aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-muted" />
      <div>
        <p className="font-semibold">
          {since
            ? `The answer to the refresh of ${timeWords(since, viewer)} is missing`
            : 'The answer to a refresh is missing'}
        </p>
        <p className="mt-1 max-w-[70ch] text-pretty text-muted">{outlook(settling, viewer)}</p>
        {since ? (
          <p className="mt-1 text-xs text-muted">
            Sent <Instant iso={since} viewer={viewer} exact />
          </p>
        ) : null}
      </div>
    </section>
  );
}

function outlook({ until, how }: Settling, viewer: Viewer): string {
  const wait = 'The access token goes on working until its session ends.';
  if (how === 'leave') {
    return `The refresh token is not sent again, because a second use would end the grant. Whether Salesforce did the refresh may not be asked in this environment. ${wait} When it does, reconnect.`;
  }
  const passed = until !== null && Date.parse(until) <= Date.parse(viewer.now);
  const at = until === null || passed ? null : timeWords(until, viewer);
  if (how === 'one_try') {
    return `Whether Salesforce did the refresh may not be asked in this environment. Orgdock tries once more ${at ? `at ${at}` : 'soon'}. ${wait}`;
  }
  const when = at ? `it asks Salesforce at ${at}` : 'it asks Salesforce now';
  return `Orgdock is finding out whether Salesforce did it: ${when}. ${wait} Nothing has to be done.`;
}
