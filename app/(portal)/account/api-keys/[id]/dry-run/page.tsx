import { KeyDryRunPage } from '../../key-dry-run';
import { requireOwnKey } from '../../require-own-key';

export const metadata = { title: 'Dry run of an API key' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function OwnKeyDryRunPage({ params, searchParams }: Props) {
  return (
    <KeyDryRunPage {...(await requireOwnKey(params))} base="/account/api-keys" search={await searchParams} />
  );
}
