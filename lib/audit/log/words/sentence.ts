/** What an act is told with. */
export type Sentence = (say: Say) => string;

/** The facts of an entry, each as words. */
export interface Say {
  /** The subject by name, or by the begin of its id. */
  it: string;
  failed: boolean;
  /** A fact of the details; `-` when it is not there. */
  fact: (name: string) => string;
  is: (name: string) => boolean;
}
