// @ts-check
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Children, waitForAnswer } from './children.mjs';
import { claimDemo, demoFolder, demoSecret, openDemoFolder } from './demo-folder.mjs';
import { ScriptError } from './install.mjs';
import { isBusy } from './ports.mjs';

/** @typedef {{portal: number, control: number, production: number, uat: number}} DemoPorts */

/** @returns {DemoPorts} */
export function demoPorts() {
  return {
    portal: port('PORT', 3000),
    control: port('SIMULATOR_CONTROL_PORT', 4500),
    production: port('SIMULATOR_PRODUCTION_PORT', 4501),
    uat: port('SIMULATOR_UAT_PORT', 4502),
  };
}

/** @param {string} name @param {number} usual */
function port(name, usual) {
  const value = process.env[name];
  if (!value) return usual;
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= 65_535) return number;
  throw new ScriptError(`${name}="${value}" is not a port: choose a number from 1 to 65535.`);
}

/** @param {DemoPorts} ports @param {boolean} patient an earlier run was cut off and may still be ending */
async function requireFreePorts(ports, patient) {
  const names = {
    portal: 'PORT',
    control: 'SIMULATOR_CONTROL_PORT',
    production: 'SIMULATOR_PRODUCTION_PORT',
    uat: 'SIMULATOR_UAT_PORT',
  };
  const deadline = Date.now() + (patient ? 20_000 : 0);
  for (const [key, name] of Object.entries(names)) {
    const number = ports[/** @type {keyof DemoPorts} */ (key)];
    while (await isBusy(number)) {
      if (Date.now() >= deadline) {
        throw new ScriptError(
          `Port ${number} is in use by another program. Stop that, or choose another port: ${name}=${number + 1000} npm run demo`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/**
 * The environment of the demo's processes: nothing of the developer's own settings or `.env` reaches them.
 * @param {string} folder
 * @param {DemoPorts} ports
 * @returns {Record<string, string | undefined>}
 */
function demoEnvironment(folder, ports) {
  const kept = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(?:npm_|NEXT_(?!DIST_DIR)|NODE_ENV|NODE_OPTIONS)/.test(name),
    ),
  );
  const origins = [ports.production, ports.uat].map((number) => `http://localhost:${number}`);
  return {
    ...kept,
    DATABASE_URL: '',
    DATABASE_OWNER_URL: '',
    HTTPS_PROXY: '',
    ORGDOCK_SETUP_TOKEN: '',
    ORGDOCK_TRUSTED_PROXIES: '',
    ORGDOCK_KEYRING: '',
    ORGDOCK_DATA_DIR: folder,
    ORGDOCK_ALLOW_HOSTS: origins.join(','),
    NEXTAUTH_URL: `http://localhost:${ports.portal}`,
    NEXTAUTH_SECRET: demoSecret(folder, 'session-secret'),
    HOST: '127.0.0.1',
    PORT: String(ports.portal),
    LOG_LEVEL: process.env.LOG_LEVEL || 'info',
  };
}

/**
 * Runs simulator, seed and portal until told to stop.
 * @param {string} root
 * @param {{portalArgs: (ports: DemoPorts) => string[], probe: string, title: string, environment?: Record<string, string | undefined>,
 *   prepare: () => Promise<unknown>, showPortalLines?: boolean}} options
 */
export async function runDemo(root, options) {
  const ports = demoPorts();
  const url = `http://localhost:${ports.portal}`;
  const folder = demoFolder(root);
  openDemoFolder(folder);
  const { wasCutOff, release } = claimDemo(folder, url);
  const children = new Children();
  const stopping = new AbortController();
  /** @type {(reason: unknown) => void} */
  let endWith = () => {};
  const ended = new Promise((resolve) => {
    endWith = resolve;
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (!stopping.signal.aborted && signal !== 'SIGHUP') console.log('\nStopping …');
      stopping.abort(signal);
      endWith(null);
    });
  }
  // A closed terminal takes the output with it; the stop must go on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

  try {
    if (wasCutOff) console.log('The last run was cut off; its data is taken up again.');
    await requireFreePorts(ports, wasCutOff);
    const env = { ...demoEnvironment(folder, ports), ...options.environment };
    await Promise.race([start(), ended]);
    await ended;

    async function start() {
      await options.prepare();
      if (stopping.signal.aborted) return;
      const simulator = children.start('simulator', simulatorArgs(folder, ports), {
        cwd: root,
        env: { ...env, NODE_ENV: undefined },
        onLine: logTo(folder, 'simulator.log'),
      });
      await waitForAnswer(simulator, `http://localhost:${ports.control}/`);
      const users = await seed(env);
      if (stopping.signal.aborted) return;
      const toLog = logTo(folder, 'portal.log');
      const portal = children.start('portal', options.portalArgs(ports), {
        cwd: root,
        env,
        onLine: (line) => {
          toLog(line);
          if (options.showPortalLines) console.log(line);
        },
      });
      await waitForAnswer(portal, `${url}${options.probe}`);
      if (stopping.signal.aborted) return;
      printWelcome({
        title: options.title,
        url,
        ports,
        users,
        folder: folder.startsWith(root + path.sep) ? path.relative(root, folder) : folder,
      });
      for (const child of [simulator, portal]) {
        void child.ended.then(({ code, signal }) => {
          if (stopping.signal.aborted) return;
          endWith(
            new ScriptError(
              `${child.output()}\n\nThe ${child.name} ended by itself (${signal ?? `code ${code}`}), see above.`,
            ),
          );
        });
      }
    }
  } finally {
    stopping.abort();
    await children.stopAll();
    release();
  }
  const reason = await ended;
  if (reason instanceof Error) throw reason;

  /** @param {Record<string, string | undefined>} env @returns {Promise<DemoUser[]>} */
  async function seed(env) {
    /** @type {string[]} */
    const lines = [];
    const args = ['--import', 'tsx', 'scripts/seed-demo.ts'];
    const child = children.start('seed', args, {
      cwd: root,
      env: { ...env, LOG_LEVEL: 'warn', NODE_ENV: undefined },
      onLine: (line) => lines.push(line),
    });
    const { code } = await child.ended;
    if (code !== 0 && !stopping.signal.aborted)
      throw new ScriptError(`${child.output()}\n\nThe demo's data could not be prepared, see above.`);
    const answer = lines.find((line) => line.startsWith('{"users"'));
    return answer ? JSON.parse(answer).users : [];
  }
}

/** @param {string} folder @param {DemoPorts} ports */
function simulatorArgs(folder, ports) {
  const callback = (/** @type {string} */ slug) =>
    `${slug}=http://localhost:${ports.portal}/api/auth/callback/${slug}`;
  return [
    ...['--import', 'tsx', 'simulator/main.ts'],
    ...[
      '--control-port',
      String(ports.control),
      '--production-port',
      String(ports.production),
      '--uat-port',
      String(ports.uat),
    ],
    ...['--callback', callback('production'), '--callback', callback('uat')],
    ...['--state', path.join(folder, 'simulator-state.json')],
  ];
}

/** @param {string} folder @param {string} name */
function logTo(folder, name) {
  const stream = createWriteStream(path.join(folder, name), { flags: 'w' });
  stream.on('error', () => {});
  return (/** @type {string} */ line) => void stream.write(`${line}\n`);
}

/** @typedef {{username: string, password: string, note: string}} DemoUser */

/** @param {{title: string, url: string, ports: DemoPorts, users: DemoUser[], folder: string}} facts */
function printWelcome({ title, url, ports, users, folder }) {
  const width = Math.max(...users.map(({ username }) => username.length), 8) + 3;
  const rows = users.map(
    ({ username, password, note }) => `    ${username.padEnd(width)}${password.padEnd(18)}${note}`,
  );
  console.log(`
${title}

    ${url}

Sign in with "Production" as one of these users of the simulated org:

    ${'user'.padEnd(width)}${'password'.padEnd(18)}who
${rows.join('\n')}

For "UAT" add .uat to the user name. Then connect Production and UAT on the home page.

    simulated orgs   http://localhost:${ports.production} (Production)   http://localhost:${ports.uat} (UAT)
    data and logs    ${folder} (delete it to start afresh)

Stop with Ctrl-C.
`);
}
