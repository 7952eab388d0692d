import { EnvironmentName } from '@/components/states/environment-badge';
import { Section } from '@/components/states/facts';
import { Instant, type Viewer } from '@/components/states/instant';
import { SalesforceWords } from '@/components/states/problem-card';
import type { StrayGrant } from '@/lib/connections/types';

/** Grants that no connection holds any more and that Salesforce may still count, until their org has confirmed their end. */
export function StrayGrants({ strays, viewer }: { strays: StrayGrant[]; viewer: Viewer }) {
  return (
    <Section
      title="Still to be revoked"
      description="Grants that no connection holds any more. Orgdock asks their org again until it confirms that they have ended."
    >
      {strays.length === 0 ? (
        <p className="text-muted">Nothing waits.</p>
      ) : (
        <ul className="divide-y divide-separator">
          {strays.map((stray) => (
            <li key={stray.id} className="space-y-2 py-3.5">
              <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
                <EnvironmentName {...stray.environment} />
                <p className="text-[0.8125rem] text-muted">
                  since <Instant iso={stray.since} viewer={viewer} /> ·{' '}
                  {stray.tries === 1 ? '1 try' : `${stray.tries} tries`} · next{' '}
                  <Instant iso={stray.nextAt} viewer={viewer} />
                </p>
              </div>
              <p className="break-words">
                {stray.why}
                <span className="text-muted">
                  {' '}
                  · {stray.tokenHost}
                  {stray.salesforceUserId ? ` · user ${stray.salesforceUserId}` : ''}
                </span>
              </p>
              {stray.salesforce ? <SalesforceWords fault={stray.salesforce} /> : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
