import { BreachForm } from '@/components/breach/breach-form';
import { BreachList } from '@/components/breach/breach-list';
import { WhatWillHappen } from '@/components/breach/breach-preview';
import { ScopeChoices } from '@/components/breach/scope-choices';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { LinkButton } from '@/components/states/link-button';
import { ProblemCard } from '@/components/states/problem-card';
import { listBreaches, previewBreach } from '@/lib/custody/breach/queries';
import { parseBreachChoice } from '@/lib/custody/breach/schema';
import { listEnvironmentNames } from '@/lib/environments/queries';
import { AppError, toProblem } from '@/lib/errors';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../../viewer';
import { startBreachAction } from './actions';

export const metadata = { title: 'Breach' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function BreachPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireCustodian();
  const choice = parseBreachChoice(await searchParams);
  const isAdmin = ctx.role === 'admin';
  const [environments, breaches, answer] = await Promise.all([
    listEnvironmentNames(ctx),
    listBreaches(ctx),
    choice ? previewBreach(ctx, choice).catch(nameless) : null,
  ]);
  const viewer = viewerOf(ctx);
  const problem = answer && 'code' in answer ? answer : null;
  const preview = answer && !('code' in answer) ? answer : null;
  return (
    <Page
      above={<BackLink href="/admin/connections">All connections</BackLink>}
      title="Breach"
      description="When tokens may have leaked: revokes them at every org, verifies that each grant has ended, deletes what is sealed here, ends sessions, and gives you a signed report."
      actions={
        preview ? <LinkButton href="/admin/connections/breach">Choose another scope</LinkButton> : null
      }
    >
      <div className="space-y-6">
        {preview === null ? (
          <>
            {problem ? <ProblemCard problem={problem} /> : null}
            <ScopeChoices environments={environments} />
            <BreachList breaches={breaches} viewer={viewer} />
          </>
        ) : (
          <>
            <WhatWillHappen preview={preview} />
            {isAdmin ? (
              <BreachForm
                scopeName={preview.scopeName}
                backupDays={preview.backupDays}
                press={startBreachAction.bind(null, preview.choice)}
              />
            ) : (
              <p className="text-muted">Administrators press the button; an auditor sees what it would do.</p>
            )}
          </>
        )}
      </div>
    </Page>
  );
}

/** A name that nobody has, or several, is said on the page. */
function nameless(error: unknown) {
  if (error instanceof AppError && (error.code === 'NOT_FOUND' || error.code === 'CONFLICT'))
    return toProblem(error);
  throw error;
}
