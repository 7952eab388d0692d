import { KeyPage } from '../key-page';
import { requireOwnKey } from '../require-own-key';

export const metadata = { title: 'API key' };

export default async function OwnKeyPage({ params }: { params: Promise<{ id: string }> }) {
  return <KeyPage {...(await requireOwnKey(params))} base="/account/api-keys" />;
}
