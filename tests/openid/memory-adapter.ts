interface Stored {
  payload: Record<string, unknown>;
  expiresAt: number;
}

/** Where an oidc-provider keeps its sessions and codes: one of these per provider, and nothing of another test's. */
export function memoryAdapter() {
  const rows = new Map<string, Stored>();
  const grants = new Map<string, Set<string>>();

  return class {
    constructor(readonly model: string) {}

    async upsert(id: string, payload: Record<string, unknown>, expiresIn = 3_600): Promise<void> {
      rows.set(this.#key(id), { payload, expiresAt: Date.now() + expiresIn * 1_000 });
      if (typeof payload.grantId !== 'string') return;
      const ids = grants.get(payload.grantId) ?? new Set();
      grants.set(payload.grantId, ids.add(this.#key(id)));
    }

    async find(id: string): Promise<Record<string, unknown> | undefined> {
      const row = rows.get(this.#key(id));
      return row && row.expiresAt > Date.now() ? row.payload : undefined;
    }

    async findByUid(uid: string): Promise<Record<string, unknown> | undefined> {
      return [...rows.values()].find(({ payload }) => payload.uid === uid)?.payload;
    }

    async consume(id: string): Promise<void> {
      const row = rows.get(this.#key(id));
      if (row) row.payload.consumed = Math.floor(Date.now() / 1_000);
    }

    async destroy(id: string): Promise<void> {
      rows.delete(this.#key(id));
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      for (const key of grants.get(grantId) ?? []) rows.delete(key);
    }

    #key(id: string): string {
      return `${this.model}:${id}`;
    }
  };
}
