import type { KeyPolicy } from '@/lib/broker/types';
import { makeApiKey } from '@/tests/api-keys';
import { makePerson } from '@/tests/factories';
import { connectSimulated, type SimulatedOrg, startSimulatedOrg } from '@/tests/simulated-org';

export interface Program extends SimulatedOrg {
  connectionId: string;
  ownerId: string;
  secret: string;
  keyId: string;
  /** Another key of the same person. */
  another: (policy: Partial<KeyPolicy>) => Promise<string>;
}

/** A simulated org, a person connected to it, and a key of theirs that is bound to the connection. */
export async function startProgram(
  policy: Partial<KeyPolicy> = {},
  { accounts = 60, username = 'ada@acme.example' } = {},
): Promise<Program> {
  const simulated = await startSimulatedOrg(accounts);
  const person = await makePerson();
  const { connectionId } = await connectSimulated(simulated, username, person);
  const bound = { connections: [connectionId], ...policy };
  const { secret, id: keyId } = await makeApiKey(person.id, bound);
  const another = async (other: Partial<KeyPolicy>) =>
    (await makeApiKey(person.id, { connections: [connectionId], ...other })).secret;
  return { ...simulated, connectionId, ownerId: person.id, secret, keyId, another };
}
