import { KeyPolicyPage } from '../../key-policy';
import { requireOwnKey } from '../../require-own-key';

export const metadata = { title: 'Policy of an API key' };

export default async function OwnKeyPolicyPage({ params }: { params: Promise<{ id: string }> }) {
  return <KeyPolicyPage {...(await requireOwnKey(params))} base="/account/api-keys" />;
}
