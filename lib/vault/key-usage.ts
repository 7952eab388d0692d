import { kidOf, type SealBinding } from '@/lib/vault/seal';
import { SEALED_COLUMNS } from '@/lib/vault/sealed-columns';
import { type RunInSystem, sealedValues } from '@/lib/vault/sealed-values';

/** Which keys the stored values need, by what they say themselves: nothing is opened. */
export interface KeyUsage {
  /** Values by the name of the key that seals them. */
  values: Map<string, number>;
  /** Values that name no key: damaged. */
  nameless: SealBinding[];
}

/** Looks at every sealed value. */
export async function readKeyUsage(run: RunInSystem): Promise<KeyUsage> {
  const usage: KeyUsage = { values: new Map(), nameless: [] };
  for (const listed of SEALED_COLUMNS) {
    for await (const page of sealedValues(run, listed)) {
      for (const { binding, sealed } of page) {
        const kid = kidOf(sealed);
        if (kid === null) usage.nameless.push(binding);
        else usage.values.set(kid, (usage.values.get(kid) ?? 0) + 1);
      }
    }
  }
  return usage;
}
