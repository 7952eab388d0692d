import type { Draw } from '@/simulator/data/random';
import type { Column } from '@/simulator/data/table';
import type { Country } from '@/simulator/data/words/places';
import { fillPattern } from '@/simulator/data/world';

interface AddressSource {
  /** Names the draws, such as `account`. */
  readonly object: string;
  /** `Billing`, `Mailing`. */
  readonly prefix: string;
  /** Null: this row has no address. */
  country(row: number): Country | null;
}

/** The parts of an address in a country: a real city with its place on the map, a made-up street. */
export function addressColumns(
  draw: (column: string) => Draw,
  { object, prefix, country }: AddressSource,
): Record<string, Column> {
  const city = draw(`${object}.city`);
  const street = draw(`${object}.street`);
  const number = draw(`${object}.street.number`);
  const code = draw(`${object}.postal`);
  const place = (row: number, part: 0 | 1 | 2 | 3) => {
    const at = country(row);
    return at && (city.pick(row, at.cities)[part] || null);
  };
  const parts: Record<string, Column> = {
    Street: (row) => {
      const at = country(row);
      if (!at) return null;
      const [name, house] = [street.pick(row, at.streets), number.between(row, 1, 240)];
      const line = at.numberFirst ? `${house} ${name}` : `${name} ${house}`;
      return house % 9 === 0 ? `${line}\n${house % 2 ? 'Building C' : '3rd floor'}` : line;
    },
    City: (row) => place(row, 0),
    State: (row) => place(row, 1),
    PostalCode: (row) => {
      const at = country(row);
      return at && fillPattern(at.postalCode, code, row);
    },
    Country: (row) => country(row)?.name ?? null,
    Latitude: (row) => place(row, 2),
    Longitude: (row) => place(row, 3),
    GeocodeAccuracy: (row) => (country(row) ? 'City' : null),
  };
  return Object.fromEntries(Object.entries(parts).map(([name, column]) => [`${prefix}${name}`, column]));
}
