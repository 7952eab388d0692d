import { invalid } from '@/lib/broker/keys/schema';
import type { KeyChoices } from '@/lib/broker/keys/types';
import type { KeyPolicy } from '@/lib/broker/types';

type Places = Pick<KeyPolicy, 'environments' | 'connections'>;

/**
 * Refuses a policy that names an environment or a connection which its owner may not use; what the policy before named
 * already may stay. Throws INVALID_INPUT.
 */
export function assertUsable(choices: KeyChoices, policy: Places, before: Places | null = null): void {
  const strange = (name: keyof Places) => {
    const known = [...choices[name].map(({ id }) => id), ...(before?.[name] ?? [])];
    return (policy[name] ?? []).some((id) => !known.includes(id));
  };
  const details = {
    ...(strange('environments') ? { environments: 'Choose environments that you may use.' } : {}),
    ...(strange('connections') ? { connections: 'Choose connections that you may read.' } : {}),
  };
  if (Object.keys(details).length > 0) throw invalid('The key was not saved', details);
}
