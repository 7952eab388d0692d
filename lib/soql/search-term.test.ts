import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchTerm } from './search-term';

describe('a search term', () => {
  it('finds words by their start', () => {
    expect(searchTerm(' acme  corp ')).toBe('acme* corp*');
    expect(searchTerm("O'Hara & Söhne")).toBe('O* Hara* Söhne*');
    expect(searchTerm('+49 (30) 123-456')).toBe('49* 30* 123* 456*');
  });

  it('holds no operator', () => {
    expect(searchTerm('Ben AND Jerry or NOT {x}')).toBe('Ben* Jerry* x*');
  });

  it('needs two letters or digits', () => {
    for (const text of ['', 'a', ' * ', '""', '--', 'and', 'a?']) expect(searchTerm(text), text).toBeNull();
    expect(searchTerm('7 a')).toBe('7* a*');
    expect(searchTerm('株式')).toBe('株式*');
  });

  it('keeps nothing that SOSL reserves, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect((searchTerm(text) ?? '').replaceAll(/\*(?= |$)/g, '')).not.toMatch(/[?&|!{}[\]()^~*:\\"'+-]/);
      }),
    );
  });
});
