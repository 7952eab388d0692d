import { z } from 'zod';
import { isId } from '@/lib/people/schema';

const first = z.preprocess((value) => (Array.isArray(value) ? value[0] : value), z.string());

/** Which people somebody wants to see; what an address says wrongly is taken as not said. */
const personListSchema = z.object({
  q: first.pipe(z.string().trim().max(200)).catch(''),
  role: first
    .pipe(z.enum(['member', 'admin', 'auditor']))
    .nullable()
    .catch(null),
  state: first
    .pipe(z.enum(['active', 'deactivated']))
    .nullable()
    .catch(null),
  /** Id of the person after whom to go on. */
  after: first.refine(isId).nullable().catch(null),
});
export type PersonListState = z.infer<typeof personListSchema>;

/** Reads the search parameters of the list of all people. Never throws. */
export function parsePersonList(
  searchParams: Record<string, string | string[] | undefined>,
): PersonListState {
  return personListSchema.parse(searchParams);
}
