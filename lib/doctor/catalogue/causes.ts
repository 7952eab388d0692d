import { APP_CAUSES } from '@/lib/doctor/catalogue/causes/app-causes';
import { ACCESS_CAUSES, REQUEST_CAUSES } from '@/lib/doctor/catalogue/causes/data-causes';
import { GRANT_ENDINGS } from '@/lib/doctor/catalogue/causes/grant-endings';
import { HOST_CAUSES } from '@/lib/doctor/catalogue/causes/host-causes';
import { IDENTITY_CAUSES } from '@/lib/doctor/catalogue/causes/identity-causes';
import { PORTAL_CAUSES } from '@/lib/doctor/catalogue/causes/portal-causes';
import { OUTAGE_CAUSES, RARE_CAUSES } from '@/lib/doctor/catalogue/causes/rare-causes';
import { TOKEN_CAUSES } from '@/lib/doctor/catalogue/causes/token-causes';
import type { Cause } from '@/lib/doctor/types';

/** Every cause that the Doctor knows, by id. */
export const CAUSES = {
  ...APP_CAUSES,
  ...TOKEN_CAUSES,
  ...RARE_CAUSES,
  ...OUTAGE_CAUSES,
  ...ACCESS_CAUSES,
  ...REQUEST_CAUSES,
  ...IDENTITY_CAUSES,
  ...HOST_CAUSES,
  ...PORTAL_CAUSES,
  ...GRANT_ENDINGS,
} as const satisfies Record<string, Cause>;

export type CauseId = keyof typeof CAUSES;
