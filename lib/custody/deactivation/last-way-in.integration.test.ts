import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { portal } from '@/db/schema';
import { deactivatePerson } from '@/lib/custody/deactivation/commands';
import {
  getSalesforceSignIn,
  setSalesforceSignIn,
} from '@/lib/environments/identity-providers/salesforce-sign-in';
import { changeRole } from '@/lib/people/roles/commands';
import { makeContext } from '@/tests/factories';
import { linkIdentityTo, makeProvenAdmin } from '@/tests/openid/provider-sign-in';

describe('administrators, while Salesforce sign-in is off', () => {
  it('keep one among them who has an identity of a provider in use', async () => {
    const { admin, provider } = await makeProvenAdmin();
    const other = await makeContext('admin');
    await linkIdentityTo(other, 'salesforce:00D000000000001EAA', crypto.randomUUID());
    await setSalesforceSignIn(admin, false);
    const demote = () => changeRole(other, { personId: admin.personId, role: 'member' });
    const refused = {
      code: 'LAST_ADMINISTRATOR',
      message: expect.stringContaining('Salesforce sign-in is off'),
    };
    await expect(demote()).rejects.toMatchObject(refused);
    await expect(deactivatePerson(other, admin.personId)).rejects.toMatchObject(refused);
    await linkIdentityTo(other, provider.issuer, crypto.randomUUID());
    await demote();
    // Now the other one is the last who can come in, and the role cannot be laid down.
    await expect(changeRole(other, { personId: other.personId, role: 'auditor' })).rejects.toMatchObject({
      code: 'LAST_ADMINISTRATOR',
    });
    await setSalesforceSignIn(other, true);
  });

  it('keep one when Salesforce sign-in is switched off while the one with such an identity loses the role', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { admin } = await makeProvenAdmin();
      const other = await makeContext('admin');
      await Promise.allSettled([
        setSalesforceSignIn(other, false),
        changeRole(other, { personId: admin.personId, role: 'member' }),
      ]);
      const { allowed, maySwitchOff } = await getSalesforceSignIn(other);
      expect(allowed || maySwitchOff).toBe(true);
      await withSystem('test', (tx) => tx.update(portal).set({ salesforceSignIn: true }));
    }
  });
});
