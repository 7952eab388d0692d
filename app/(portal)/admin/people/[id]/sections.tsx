import { SessionList } from '@/components/account/session-list';
import { ActionButton } from '@/components/forms/action-button';
import { DeactivatePerson } from '@/components/people/deactivate-person';
import { EnvironmentsForm } from '@/components/people/environments-form';
import { PersonGrants } from '@/components/people/person-grants';
import { RoleForm } from '@/components/people/role-form';
import { AutoRefresh } from '@/components/states/auto-refresh';
import { Section } from '@/components/states/facts';
import type { Viewer } from '@/components/states/instant';
import { listGrantsOf } from '@/lib/connections/custody/list-grants';
import type { PersonContext } from '@/lib/context';
import { previewDeactivation } from '@/lib/custody/deactivation/queries';
import { listChoices } from '@/lib/people/access/queries';
import type { PersonDetail } from '@/lib/people/types';
import { listSessionsOf } from '@/lib/session/queries';
import * as actions from '../actions';

interface SectionProps {
  ctx: PersonContext;
  person: PersonDetail;
  viewer: Viewer;
}

/** Deactivating asks first, with what it ends; nobody deactivates themselves. */
export async function Actions({ ctx, person: { id, displayName, deactivatedAt } }: SectionProps) {
  if (ctx.role !== 'admin' || ctx.personId === id) return null;
  if (deactivatedAt) {
    return (
      <ActionButton variant="secondary" action={actions.reactivateAction.bind(null, id)}>
        Reactivate
      </ActionButton>
    );
  }
  return (
    <DeactivatePerson
      name={displayName}
      preview={await previewDeactivation(ctx, id)}
      deactivate={actions.deactivateAction.bind(null, id)}
    />
  );
}

/** The role and the environments for chosen people. */
export async function AccessSection({ ctx, person }: SectionProps) {
  const { id, role, lastAdmin, deactivatedAt } = person;
  const choices = await listChoices(ctx, id);
  const chosen = choices.filter((choice) => choice.chosen).map(({ name }) => name);
  const editable = ctx.role === 'admin' && !deactivatedAt;
  return (
    <Section title="Role and access">
      {editable ? (
        <div className="space-y-6">
          {lastAdmin ? (
            <p className="text-muted">
              The last administrator. Make somebody else one before this person gets another role.
            </p>
          ) : (
            <RoleForm key={role} role={role} action={actions.changeRoleAction.bind(null, id)} />
          )}
          {choices.length > 0 && role === 'member' ? (
            <EnvironmentsForm
              key={chosen.join()}
              choices={choices}
              action={actions.setEnvironmentsAction.bind(null, id)}
            />
          ) : null}
        </div>
      ) : (
        <p className="text-muted">
          {chosen.length > 0
            ? `Chosen for ${chosen.join(', ')}.`
            : 'Chosen for no environment in particular.'}
        </p>
      )}
    </Section>
  );
}

/** What the person holds. Looks again by itself while Salesforce is being asked to revoke. */
export async function ConnectionsSection({ ctx, person, viewer }: SectionProps) {
  const grants = await listGrantsOf(ctx, person.id);
  const revoking = grants.some(({ health }) => health === 'revoking');
  return (
    <Section
      title="Connections"
      description="What this person holds. Their records are not shown to anybody else."
    >
      <div aria-live="polite">
        <PersonGrants grants={grants} viewer={viewer} />
      </div>
      {revoking ? <AutoRefresh everyMs={2_000} /> : null}
    </Section>
  );
}

/** Browsers in which the person is signed in. */
export async function SessionsSection({ ctx, person: { id }, viewer }: SectionProps) {
  const sessions = await listSessionsOf(ctx, id);
  const mayEnd = ctx.role === 'admin';
  return (
    <Section title="Sessions" description="Browsers in which this person is signed in.">
      {sessions.length === 0 ? <p className="text-muted">Signed in nowhere.</p> : null}
      <SessionList
        sessions={sessions}
        viewer={viewer}
        end={mayEnd ? actions.endSessionOfAction.bind(null, id) : null}
      />
      {mayEnd && sessions.length > 1 ? (
        <div className="mt-4">
          <ActionButton variant="danger-soft" action={actions.endSessionsOfAction.bind(null, id)}>
            {ctx.personId === id ? 'End all other sessions' : 'End all sessions'}
          </ActionButton>
        </div>
      ) : null}
    </Section>
  );
}
