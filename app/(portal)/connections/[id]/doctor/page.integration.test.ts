import { isValidElement, type ReactElement, type ReactNode } from 'react';
import { expect, it, vi } from 'vitest';
import { AskApproval } from '@/components/approval/ask-approval';
import { LiveDoctor } from '@/components/doctor/live-doctor';
import { requireConnection } from '@/lib/connections/queries';
import { Browser } from '@/tests/browser';
import { contextOf, makeConnection, makeEnvironment, makePerson } from '@/tests/factories';
import { ConnectionApproval } from './approval';
import ConnectionDoctorPage from './page';

const current = vi.hoisted(() => ({ headers: new Headers() }));
vi.mock('next/headers', () => ({ headers: async () => current.headers }));

type Props = { children?: ReactNode; approval?: ReactNode };

function find(node: ReactNode, type: unknown): ReactElement<Props> | null {
  if (!isValidElement<Props>(node)) return null;
  if (node.type === type) return node;
  for (const child of [node.props.children].flat()) {
    const found = find(child, type);
    if (found) return found;
  }
  return null;
}

it('has a link for the Salesforce administrator of a blocked app, for whoever may use its environment', async () => {
  const person = await makePerson();
  const environment = await makeEnvironment();
  const connection = await makeConnection(
    { ownerId: person.id, environmentId: environment.id },
    { state: 'needs_reconnect', problemCode: 'APP_BLOCKED', problemAt: new Date() },
  );
  const browser = new Browser();
  await browser.signIn(person);
  current.headers = browser.headers;
  const page = await ConnectionDoctorPage({ params: Promise.resolve({ id: connection.id }) });
  expect(find(find(page, LiveDoctor)?.props.approval, ConnectionApproval)).not.toBeNull();

  const ctx = contextOf(person);
  const shown = { ctx, connection: await requireConnection(ctx, connection.id) };
  expect(ConnectionApproval({ ...shown, readable: true })?.type).toBe(AskApproval);
  expect(ConnectionApproval({ ...shown, readable: false })).toBeNull();
});
