import { hkdfSync, timingSafeEqual } from 'node:crypto';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { keySource, writeRing } from '@/lib/keyring/key-source';
import { readRing } from '@/lib/keyring/ring-format.mjs';
import type { KeySource, RingContents } from '@/lib/keyring/types';
import { log } from '@/lib/log';
import { processWide } from '@/lib/registry';

/** How long a process may go on with the ring that it has read after the file was changed, in milliseconds. */
export const RING_LAG_MS = 1_000;

/** The keys that seal secrets: one active, the others kept so that older values still open. */
export interface KeyRing {
  readonly activeKid: string;
  /** The names of all keys. The first is the one that `derive` uses. */
  readonly kids: readonly string[];
  /** 32 bytes, or null when the ring does not hold this key. */
  key(kid: string): Uint8Array | null;
  /**
   * HKDF-SHA256 of the ring's *first* key, not of the active one: every replica derives the same value, and goes on to
   * when keys are added, made active or retired. `length` in bytes.
   */
  derive(info: string, length: number): Buffer;
}

interface HeldRing {
  source: KeySource;
  revision: string;
  ring: KeyRing;
  /** When the source was last asked for its revision, by `performance.now()`. */
  lookedAt: number;
}

/**
 * The key ring of this process. A file is looked at again once a second, so that a key made active by a command is
 * used without a restart. Throws MISCONFIGURED on an absent, unreadable or weak one.
 */
export function keyRing(): KeyRing {
  const held = heldRing();
  if (performance.now() - held.lookedAt >= RING_LAG_MS) lookAgain(held);
  return held.ring;
}

/** A key by its name, also one that was added to the file a moment ago. Null when the ring does not hold it. */
export function findKey(kid: string): Uint8Array | null {
  const held = heldRing();
  const known = held.ring.key(kid);
  if (known) return known;
  // Not bounded by time but by the file: it is read once for each change, whatever is asked for.
  lookAgain(held);
  return held.ring.key(kid);
}

/** Reads a key ring from its JSON. `origin` names it in errors. Throws MISCONFIGURED. */
export function parseKeyRing(json: string, origin: string): KeyRing {
  const { active, keys: held } = contentsOf(json, origin);
  const keys = new Map(
    Object.entries(held).map(([kid, { value }]) => [kid, new Uint8Array(Buffer.from(value, 'base64url'))]),
  );
  const [root = new Uint8Array(0)] = keys.values();
  return {
    activeKid: active,
    kids: [...keys.keys()],
    key: (kid) => keys.get(kid) ?? null,
    derive: (info, length) => Buffer.from(hkdfSync('sha256', root, 'orgdock', info, length)),
  };
}

/** The ring with its keys, for an export, and where it comes from. Never to be logged or shown on a page. */
export function exportRing(): { origin: string; writable: boolean; contents: RingContents } {
  const { source } = heldRing();
  const { origin, store } = source;
  return { origin, writable: store !== null, contents: contentsOf(source.load(), origin) };
}

/**
 * Changes the ring where it comes from. `change` gets it as it is now and answers what it shall be. Every process that
 * reads the same file follows within RING_LAG_MS. Throws CONFLICT, or MISCONFIGURED when it cannot be written.
 */
export function changeRing(change: (contents: RingContents) => RingContents): void {
  const held = heldRing();
  const { source } = held;
  if (!source.store) {
    throw new AppError('MISCONFIGURED', `The key ring in ${source.origin} cannot be changed by Orgdock.`, {
      nextStep: 'Change it where it is set, on every replica, and restart them.',
    });
  }
  const before = source.load();
  const after = writeRing(change(contentsOf(before, source.origin)));
  // What this process could not read must not be what all of them find.
  assertSameRoot(parseKeyRing(before, source.origin), parseKeyRing(after, source.origin), source.origin);
  source.store(before, after);
  lookAgain(held);
}

function heldRing(): HeldRing {
  return processWide('keyring', () => {
    const source = keySource();
    const revision = source.revision();
    const ring = parseKeyRing(source.load(), source.origin);
    return { source, revision, ring, lookedAt: performance.now() };
  });
}

/** Takes a changed ring over. One that cannot be used leaves the old one in place: the portal goes on serving. */
function lookAgain(held: HeldRing): void {
  held.lookedAt = performance.now();
  const revision = held.source.revision();
  if (revision === held.revision) return;
  held.revision = revision;
  const { origin } = held.source;
  try {
    const ring = parseKeyRing(held.source.load(), origin);
    assertSameRoot(held.ring, ring, origin);
    held.ring = ring;
    log().info({ origin, activeKid: ring.activeKid, kids: ring.kids }, 'the key ring was read again');
  } catch (error) {
    log().error(
      { err: error, origin },
      'the changed key ring cannot be used; this process keeps the one before',
    );
  }
}

/** Another first key changes every derived secret: the database role's password would fit on some replicas only. */
function assertSameRoot(before: KeyRing, after: KeyRing, origin: string): void {
  if (timingSafeEqual(before.derive('orgdock same root', 32), after.derive('orgdock same root', 32))) return;
  throw new AppError('MISCONFIGURED', `The key ring in ${origin} has another first key than before.`, {
    nextStep:
      'Other secrets are derived from the first key. Put it back in its place, or restart every replica.',
  });
}

function contentsOf(json: string, origin: string): RingContents {
  const { contents, fault } = readRing(json, { production: env().NODE_ENV === 'production' });
  if (contents) return contents;
  throw new AppError('MISCONFIGURED', `The key ring in ${origin} ${fault}.`, {
    nextStep: 'Restore the key ring from its backup. Without it, sealed secrets cannot be opened.',
  });
}
