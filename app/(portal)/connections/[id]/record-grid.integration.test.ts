import { describe, expect, it, vi } from 'vitest';
import { DataGrid } from '@/components/data-grid/data-grid';
import { GridProblem } from '@/components/states/grid-problem';
import { requireReadable } from '@/lib/connections/queries';
import { countAgainst } from '@/lib/limits/count';
import { LIMITS } from '@/lib/limits/limits';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';
import { RecordGrid } from './record-grid';

const { loadWindow } = vi.hoisted(() => ({ loadWindow: vi.fn() }));
vi.mock('@/lib/records/load-window', () => ({ loadWindow }));
vi.mock('@/lib/records/window/plan-grid', () => ({
  describeRoot: async () => ({ name: 'Account', fields: [] }),
}));

describe('a page of records', () => {
  it('is not fetched for who has fetched too many, which is no empty grid', async () => {
    const ctx = await makeContext();
    const environment = await makeEnvironment();
    const { id } = await makeConnection({ ownerId: ctx.personId, environmentId: environment.id });
    const connection = await requireReadable(ctx, id);
    loadWindow.mockResolvedValue({ notices: [] });
    const open = () =>
      RecordGrid({ ctx, connection, sobject: 'Account', label: 'Accounts', searchParams: {} });
    expect((await open()).type).toBe(DataGrid);
    const rest = Array.from({ length: LIMITS.records.points }, () => countAgainst('records', ctx.personId));
    await Promise.allSettled(rest);
    const refused = await open();
    expect(refused.type).toBe(GridProblem);
    expect(refused.props).toMatchObject({ problem: { code: 'RATE_LIMITED' } });
    expect(loadWindow).toHaveBeenCalledTimes(1);
  });
});
