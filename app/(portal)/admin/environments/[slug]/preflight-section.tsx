import { PreflightResult } from '@/components/preflight/preflight-report';
import { RunPreflight } from '@/components/preflight/run-preflight';
import { Section } from '@/components/states/facts';
import type { PersonContext } from '@/lib/context';
import { getLastPreflight } from '@/lib/provisioning/preflight/queries';
import { viewerOf } from '../../../viewer';
import { testConnectionAction } from './preflight-actions';

/** "Test connection": the last result for staff, and for administrators the button that runs it. */
export async function PreflightSection({ ctx, slug }: { ctx: PersonContext; slug: string }) {
  const report = await getLastPreflight(ctx, slug);
  const isAdmin = ctx.role === 'admin';
  return (
    <Section
      title="Test connection"
      description="Asks the network, the org and its app everything that can be known now. It sends no refresh token and reads no records."
    >
      <div className="space-y-4">
        {isAdmin ? (
          <RunPreflight hasResult={report !== null} run={testConnectionAction.bind(null, slug)} />
        ) : null}
        {report ? (
          <PreflightResult report={report} viewer={viewerOf(ctx)} />
        ) : (
          <p className="text-muted">
            {isAdmin ? 'It has not run yet.' : 'It has not run yet. Administrators run it.'}
          </p>
        )}
      </div>
    </Section>
  );
}
