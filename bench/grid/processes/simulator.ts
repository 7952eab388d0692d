/** The simulator in a process of its own, as Salesforce is one. Its parent hears where it listens. */
import { startSimulator } from '@/simulator/server';
import { CALLBACK } from '@/simulator/testing/client';
import { ready, settings } from './channel';

/** Accounts of the org that is scrolled and loaded, and of the one whose depth is measured. */
export interface SimulatorSettings {
  accounts: { production: number; uat: number };
}

const { accounts } = settings<SimulatorSettings>();
const { orgs, controlOrigin } = await startSimulator({
  accounts,
  opportunities: { production: 100, uat: 100 },
  callbackUrls: { production: [CALLBACK], uat: [CALLBACK] },
  apiLimit: 100_000_000,
});
ready({ orgs, controlOrigin });
