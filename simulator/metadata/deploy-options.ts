import { z } from 'zod';
import { BeyondSimulator } from '@/simulator/metadata/deployment';

/** "DeployOptions". An option that the guide does not name is an error; one that asks for more than this is unknown. */
const body = z.strictObject({
  deployOptions: z.strictObject({
    allowMissingFiles: z.literal(false).optional(),
    autoUpdatePackage: z.literal(false).optional(),
    checkOnly: z.boolean().default(false),
    ignoreWarnings: z.boolean().default(false),
    performRetrieve: z.literal(false).optional(),
    purgeOnDelete: z.boolean().optional(),
    rollbackOnError: z.boolean().default(false),
    runTests: z.array(z.string()).nullish(),
    singlePackage: z.boolean().default(false),
    testLevel: z.enum(['NoTestRun', 'RunSpecifiedTests', 'RunLocalTests', 'RunAllTestsInOrg']).optional(),
  }),
});

/** The options of a deployment, or what is wrong with them. Throws `BeyondSimulator` for what only Salesforce does. */
export function deployOptionsOf(text: string): { checkOnly: boolean; ignoreWarnings: boolean } | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'The part json could not be parsed.';
  }
  const parsed = body.safeParse(value);
  if (!parsed.success) return z.prettifyError(parsed.error);
  const { checkOnly, ignoreWarnings, rollbackOnError, singlePackage } = parsed.data.deployOptions;
  if (!rollbackOnError) throw new BeyondSimulator('a deployment without rollbackOnError');
  if (!singlePackage) throw new BeyondSimulator('a deployment of several packages');
  return { checkOnly, ignoreWarnings };
}
