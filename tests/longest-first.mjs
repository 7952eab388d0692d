// @ts-check
import { BaseSequencer } from 'vitest/node';

/** Files that take minutes, the longest first: begun last, one would keep a core busy while the other has nothing to do. */
const LONG = [
  'lib/connections/schedules.integration.test.ts',
  'tests/processes/restored-backup.test.ts',
  'tests/processes/embedded.test.ts',
  'tests/processes/grants/answers.test.ts',
];

/** Vitest's own order, which knows durations only where it has run before, with the long files of a project in front. */
export class LongestFirst extends BaseSequencer {
  /** @override @param {import('vitest/node').TestSpecification[]} files */
  async sort(files) {
    const sorted = await super.sort(files);
    const projects = [...new Set(sorted.map(({ project }) => project))];
    return projects.flatMap((project) =>
      sorted
        .filter((file) => file.project === project)
        .sort((a, b) => placeOf(a.moduleId) - placeOf(b.moduleId)),
    );
  }
}

/** @param {string} file */
function placeOf(file) {
  const place = LONG.findIndex((long) => file.endsWith(long));
  return place < 0 ? LONG.length : place;
}
