import { afterAll, describe, expect, it } from 'vitest';
import { CAUSES, type CauseId } from '@/lib/doctor/catalogue/causes';
import { startDoctorPlaces } from '@/tests/doctor-places';
import { ERROR_CATALOGUE } from '@/tests/error-catalogue';

describe('an error of Salesforce, where it produces it', () => {
  const places = startDoctorPlaces();
  let named = 0;
  afterAll(() => {
    process.stdout.write(`Connection Doctor: named ${named} of ${ERROR_CATALOGUE.length} errors\n`);
  });

  it.each(ERROR_CATALOGUE)('at $place: $error, $description, is $cause', async (row) => {
    const diagnosis = await places.diagnose(row);
    const { title, fix, actor, retry } = CAUSES[row.cause as CauseId];
    expect(diagnosis.cause.id).toBe(row.cause);
    expect(diagnosis.cause).toMatchObject({ title, fix, actor, retry });
    expect(diagnosis.known).toBe(true);
    expect(diagnosis.raw?.error).toBe(row.error);
    if (row.description !== '') expect(diagnosis.raw?.description).toContain(row.description);
    named += 1;
  });
});
