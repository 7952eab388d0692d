import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { disconnectConnection } from '@/lib/connections/commands';
import { markOutcomeUnknown } from '@/lib/connections/grant-row';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import { settle } from '@/lib/connections/settle/settle';
import { replaySpool } from '@/lib/connections/spool/replay';
import { storeGrant } from '@/lib/connections/store-grant';
import { tokenSource } from '@/lib/connections/token-source';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import type { AccessGrant } from '@/lib/salesforce/types';
import { makeConnection } from '../factories';
import { ORG_ID } from '../token-endpoint';
import type { Fault } from './faults';
import { type Bystander, startProcess } from './processes';
import { FakeSalesforce, type Family, HOST } from './salesforce';
import { sealedTokens } from './sealed-tokens';
import { inProcess, type VirtualProcess, World } from './world';

/** What happens in a schedule beside its faults. `process`: which of the three. */
export type Act =
  | { kind: 'call'; process: number }
  | { kind: 'expire' }
  | { kind: 'time passes'; seconds: number }
  | { kind: 'upkeep'; process: number };

export interface Schedule {
  faults: Fault[];
  acts: Act[];
}

/** What all schedules share: a person, an environment and its app. */
export interface Ground {
  ctx: PersonContext;
  environmentId: string;
  app: { tokenHost: string; clientId: string; clientSecret: string };
  folder: string;
}

const SECOND = 1_000;
/** A schedule under way: its world and its one connection. */
export class Run {
  readonly world = new World(randomUUID(), new FakeSalesforce());
  readonly ended = { disconnected: false, consented: false };
  /** A caller that got a token which it had reported as refused, or an older one. */
  readonly stale: string[] = [];
  connectionId = '';
  #working: Array<Promise<unknown>> = [];

  constructor(readonly ground: Ground) {}

  async open(): Promise<void> {
    const { ground, world } = this;
    const family = world.salesforce.consent();
    const id = randomUUID();
    const owner = { ownerId: ground.ctx.personId, environmentId: ground.environmentId };
    const row = await makeConnection(owner, {
      id,
      orgId: ORG_ID,
      salesforceUserId: world.salesforce.userId,
      instanceUrl: HOST,
      tokenHost: HOST,
      clientId: ground.app.clientId,
      consentedAt: new Date(world.now),
      retrievedAt: new Date(world.now),
      sealedTokens: await sealedTokens(id, family),
    });
    this.connectionId = row.id;
    const host = (name: string) => path.join(ground.folder, world.id, name);
    for (const [name, dataDir] of [
      ['0', host('a')],
      ['1', host('a')],
      ['2', host('b')],
    ] as const) {
      this.start(name, dataDir);
    }
  }

  start(name: string, dataDir: string): VirtualProcess {
    const process = startProcess(this.world, name, dataDir);
    void inProcess(process, async () => {
      // Real files have real times, so that none is old; storing one early does no harm. Polls only cost time here.
      const policy = {
        ...refreshPolicy(),
        spoolAgeMs: Number.NEGATIVE_INFINITY,
        poll: { first: 2_000, longest: 2_000 },
      };
      process.registry.slots.set('connections.policy', policy);
    });
    return process;
  }

  /** A data call: on a refusal one renewal. Its errors are the caller's; what counts is what is left behind. */
  call(process: VirtualProcess): Promise<boolean> {
    return inProcess(process, async () => {
      const { salesforce } = this.world;
      const source = tokenSource({ id: this.connectionId as never });
      const first = await source.current();
      if (salesforce.accepts(first.accessToken)) return true;
      const second: AccessGrant = await source.renew(first.generation);
      if (second.generation <= first.generation || second.accessToken === first.accessToken) {
        this.stale.push(`${first.generation} → ${second.generation}`);
      }
      return salesforce.accepts(second.accessToken);
    });
  }

  /** One round of what every process does beside serving calls. */
  upkeep(process: VirtualProcess): Promise<void> {
    return inProcess(process, async () => {
      await replaySpool('old');
      await markOutcomeUnknown(this.connectionId);
      await settle(this.connectionId);
    });
  }

  /** Lets work go on by itself: errors of callers are expected while things break. */
  background(work: Promise<unknown>): void {
    this.#working.push(
      work.catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
      }),
    );
  }

  async advance(seconds: number): Promise<void> {
    await this.world.advance(seconds * SECOND);
  }

  /** Throws what broke off in a way that no caller should see. */
  async throwUnexpected(): Promise<void> {
    const late = new Promise((resolve) => setImmediate(resolve));
    for (const work of this.#working) await Promise.race([work, late]);
  }

  get bystander(): Bystander {
    const someone = () => this.#living();
    return {
      disconnect: () => {
        this.ended.disconnected = true;
        const work = () => disconnectConnection(this.ground.ctx, this.connectionId);
        this.background(inProcess(someone(), work));
      },
      consent: () => {
        this.ended.consented = true;
        this.background(inProcess(someone(), () => this.#consent()));
      },
    };
  }

  async #consent(): Promise<void> {
    const { ctx, environmentId, app } = this.ground;
    const { salesforce } = this.world;
    const answer = answerFor(salesforce.consent(), salesforce.userId);
    const user = { ...ADA, userId: salesforce.userId };
    const grant = { environmentId, app, answer, user, ownerId: ctx.personId };
    await storeGrant(ctx, { ...grant, mayPinOrg: false, reconnects: this.connectionId });
  }

  /** Somebody whose process works; a person always reaches one. */
  #living(): VirtualProcess {
    const living = this.world.processes.find(
      ({ dead, pausedUntil }) => !dead && pausedUntil <= this.world.now,
    );
    return living ?? this.start('bystander', path.join(this.ground.folder, this.world.id, 'c'));
  }
}

const ADA = {
  orgId: ORG_ID,
  username: 'ada@acme.example',
  displayName: 'Ada Lovelace',
  email: null,
  locale: null,
  timeZone: null,
};

function answerFor(family: Family, userId: string) {
  const [accessToken = ''] = family.access;
  return {
    accessToken,
    refreshToken: family.current,
    instanceUrl: HOST,
    identityUrl: `${HOST}/id/${ORG_ID}/${userId}`,
    orgId: ORG_ID,
    userId,
    scopes: ['api', 'refresh_token'],
    issuedAt: new Date(),
    nonce: null,
  };
}
