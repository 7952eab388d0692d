import { parseArgs } from 'node:util';
import { DEFAULT_CONTROL_PORT, DEMO_ORGS, DEMO_PASSWORD, type OrgFacts } from '@/simulator/seed/facts';
import { type RunningSimulator, type SimulatorOptions, startSimulator } from '@/simulator/server';

const HELP = `npm run simulator -- [flags]        (each flag also as an environment variable)

  --control-port <port>       SIMULATOR_CONTROL_PORT       default ${DEFAULT_CONTROL_PORT}
${DEMO_ORGS.map(portHelp).join('\n')}
  --accounts <number>         SIMULATOR_ACCOUNTS           accounts of production, default 5000
  --opportunities <number>    SIMULATOR_OPPORTUNITIES      opportunities of production, default 12000
  --callback <org>=<url>      SIMULATOR_CALLBACKS          a callback URL of an org's app; may be repeated
                                                           (in the variable: separated by spaces)
  --api-limit <number>        SIMULATOR_API_LIMIT          API calls per day and org
  --session-timeout <seconds> SIMULATOR_SESSION_TIMEOUT    idle time of an access token, default 7200
  --state <file>              SIMULATOR_STATE              keeps grants and approvals over restarts
  --help

A port of 0 takes any free one. UAT always has a tenth of production's accounts and opportunities.`;

function portHelp({ name, defaultPort }: OrgFacts): string {
  const flag = `--${name}-port <port>`.padEnd(27);
  const variable = `SIMULATOR_${name.toUpperCase()}_PORT`.padEnd(29);
  return `  ${flag} ${variable}default ${defaultPort}`;
}

const { values } = parseArgs({
  options: {
    'control-port': { type: 'string' },
    'production-port': { type: 'string' },
    'uat-port': { type: 'string' },
    accounts: { type: 'string' },
    opportunities: { type: 'string' },
    callback: { type: 'string', multiple: true },
    'api-limit': { type: 'string' },
    'session-timeout': { type: 'string' },
    state: { type: 'string' },
    help: { type: 'boolean' },
  },
});

/** A whole number from a flag or its variable. Ends the process with a clear message when it is not one. */
function wholeNumber(flag: Exclude<keyof typeof values, 'callback' | 'state' | 'help'>): number | undefined {
  const given = values[flag] ?? process.env[`SIMULATOR_${flag.toUpperCase().replaceAll('-', '_')}`];
  if (given === undefined || given === '') return undefined;
  if (!/^\d+$/.test(given)) stopWith(`--${flag} must be a whole number, not "${given}".`);
  return Number(given);
}

function stopWith(message: string): never {
  console.error(message);
  process.exit(2);
}

/** `<org>=<url>` pairs by org. */
function callbacks(): Record<string, string[]> {
  const given = values.callback ?? (process.env.SIMULATOR_CALLBACKS ?? '').split(/\s+/).filter(Boolean);
  const byOrg: Record<string, string[]> = {};
  for (const pair of given) {
    const cut = pair.indexOf('=');
    const name = pair.slice(0, Math.max(0, cut));
    const url = pair.slice(cut + 1);
    if (!DEMO_ORGS.some((org) => org.name === name) || !URL.canParse(url)) {
      stopWith(`--callback must be <org>=<url>, such as production=http://localhost:3000/x; not "${pair}".`);
    }
    byOrg[name] = [...(byOrg[name] ?? []), url];
  }
  return byOrg;
}

function options(): SimulatorOptions {
  const [accounts, opportunities] = [wholeNumber('accounts'), wholeNumber('opportunities')];
  const stateFile = values.state ?? process.env.SIMULATOR_STATE;
  const [apiLimit, timeout] = [wholeNumber('api-limit'), wholeNumber('session-timeout')];
  return {
    controlPort: wholeNumber('control-port') ?? DEFAULT_CONTROL_PORT,
    ports: {
      production: wholeNumber('production-port') ?? DEMO_ORGS[0]?.defaultPort ?? 0,
      uat: wholeNumber('uat-port') ?? DEMO_ORGS[1]?.defaultPort ?? 0,
    },
    callbackUrls: callbacks(),
    ...(accounts !== undefined && { accounts: bothOrgs(accounts) }),
    ...(opportunities !== undefined && { opportunities: bothOrgs(opportunities) }),
    ...(apiLimit !== undefined && { apiLimit }),
    ...(stateFile && { stateFile }),
    ...(timeout !== undefined && { sessionTimeoutMs: timeout * 1000 }),
  };
}

function bothOrgs(number: number): Record<string, number> {
  return { production: number, uat: Math.ceil(number / 10) };
}

function announce(simulator: RunningSimulator): void {
  console.log('Salesforce simulator');
  for (const { companyName, origin, orgId } of simulator.orgs) {
    console.log(`  ${companyName.padEnd(24)} ${origin}   org ${orgId}`);
  }
  console.log(`  ${'control'.padEnd(24)} ${simulator.controlOrigin}`);
  for (const { users } of DEMO_ORGS) {
    console.log(
      `  users    ${Object.values(users)
        .map((user) => user.username)
        .join(' ')}`,
    );
  }
  console.log(`  password ${DEMO_PASSWORD}`);
  console.log('Stop with Ctrl-C.');
}

async function main(): Promise<void> {
  if (values.help) return console.log(HELP);
  const simulator = await startSimulator(options());
  announce(simulator);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void simulator.stop().then(() => process.exit(0)));
  }
}

main().catch((error: NodeJS.ErrnoException & { port?: number }) => {
  if (error.code === 'EADDRINUSE') {
    stopWith(`Port ${error.port} is in use. Stop what uses it or choose another port (see --help).`);
  }
  stopWith(String(error.stack ?? error));
});
