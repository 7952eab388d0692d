import { z } from 'zod';
import { SEEN } from '@/lib/salesforce/oauth/refusals/error-page';

/** What a person may say that Salesforce showed. No free text: it would come back on a page of ours. */
export const tellSchema = z.strictObject({ seen: z.enum(SEEN) });
