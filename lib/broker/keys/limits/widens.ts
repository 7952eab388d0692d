import { BlockList, isIPv4 } from 'node:net';
import type { KeyPolicy, ObjectRule } from '@/lib/broker/types';

/** What a key may do, and until when. */
export interface KeyLimits {
  policy: KeyPolicy;
  expiresAt: Date | null;
}

const ACCESS = ['named_queries', 'read', 'write'];

/** Whether a key could do anything after a change that it could not before. In doubt, yes: `true` asks who is there. */
export function widens(before: KeyLimits, after: KeyLimits): boolean {
  const [from, to] = [before.policy, after.policy];
  return (
    ACCESS.indexOf(to.access) > ACCESS.indexOf(from.access) ||
    leavesObjects(from, to) ||
    isMore(from.environments, to.environments) ||
    isMore(from.connections, to.connections) ||
    isMore(from.operations, to.operations) ||
    isMore(from.namedQueries, to.namedQueries) ||
    isMore(from.families, to.families) ||
    opensObjects(from.objects, to.objects) ||
    isHigher(from.rowsPerCall, to.rowsPerCall) ||
    isHigher(from.rowsPerDay, to.rowsPerDay) ||
    isHigher(from.callsPerDay, to.callsPerDay) ||
    opensHours(from.hours, to.hours) ||
    opensAddresses(from.addresses, to.addresses) ||
    (to.rawToken && !from.rawToken) ||
    isHigher(before.expiresAt?.getTime() ?? null, after.expiresAt?.getTime() ?? null)
  );
}

/** A named query is not held to the objects of a key that runs nothing else. */
function leavesObjects(from: KeyPolicy, to: KeyPolicy): boolean {
  return to.access === 'named_queries' && from.access !== 'named_queries' && from.objects !== null;
}

/** Null: no limit. */
function isMore(before: readonly string[] | null, after: readonly string[] | null): boolean {
  if (before === null) return false;
  return after === null || after.some((one) => !before.includes(one));
}

function isHigher(before: number | null, after: number | null): boolean {
  if (before === null) return false;
  return after === null || after > before;
}

function opensObjects(before: ObjectRule[] | null, after: ObjectRule[] | null): boolean {
  if (before === null) return false;
  if (after === null) return true;
  return after.some(({ name, fields }) => {
    const rule = before.find((one) => one.name.toLowerCase() === name.toLowerCase());
    return rule === undefined || isMore(lower(rule.fields), lower(fields)?.filter(isNotId) ?? null);
  });
}

const lower = (names: string[] | null) => names?.map((one) => one.toLowerCase()) ?? null;
const isNotId = (field: string) => field !== 'id';

function opensHours(before: KeyPolicy['hours'], after: KeyPolicy['hours']): boolean {
  if (before === null) return false;
  if (after === null) return true;
  const sameTimes = (['from', 'to', 'timeZone'] as const).every((field) => before[field] === after[field]);
  return !sameTimes || after.days.some((day) => !before.days.includes(day));
}

function opensAddresses(before: string[] | null, after: string[] | null): boolean {
  if (before === null) return false;
  return after === null || after.some((range) => !before.some((wider) => holds(wider, range)));
}

/** Whether a range or address lies within another. */
function holds(wider: string, range: string): boolean {
  const [outer, inner] = [readRange(wider), readRange(range)];
  if (outer.family !== inner.family || outer.bits > inner.bits) return false;
  const block = new BlockList();
  block.addSubnet(outer.address, outer.bits, outer.family);
  return block.check(inner.address, inner.family);
}

function readRange(range: string) {
  const [address = '', bits] = range.split('/');
  const family = isIPv4(address) ? ('ipv4' as const) : ('ipv6' as const);
  return { address, family, bits: bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits) };
}
