/** What a key ring's JSON holds. The first key is the one that other secrets are derived from. */
export interface RingContents {
  /** Name of the key that seals new values. */
  active: string;
  /** By name, in order; `value` is 32 random bytes, base64url. */
  keys: Record<string, { value: string }>;
}

/**
 * Where the keys come from: the environment or a file. A key-management service fits in as well: it is asked before
 * the portal serves, and answers from memory after that.
 */
export interface KeySource {
  /** Names the place for errors and for the operator: `ORGDOCK_KEYRING`, or the path of the file. */
  readonly origin: string;
  /** The ring's JSON as it is now. Throws MISCONFIGURED. */
  load(): string;
  /** Another text than before when `load` may answer something else by now. Asked often: cheap, never throws. */
  revision(): string;
  /**
   * Replaces the JSON `before` by `after`, durably or not at all. Throws CONFLICT when `before` is not there any more,
   * MISCONFIGURED when it cannot be written. Null: the ring is changed where it comes from, not by Orgdock.
   */
  readonly store: ((before: string, after: string) => void) | null;
}
