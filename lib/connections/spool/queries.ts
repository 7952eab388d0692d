import { readSpooledAnswer } from '@/lib/connections/spool/answer';
import { assertSpoolWritable, listSpoolFiles, spoolFolder } from '@/lib/connections/spool/spool-files';
import { AppError, toProblem } from '@/lib/errors';
import { log } from '@/lib/log';

/** An answer that waits to be stored, as an operator sees it. Never holds a token. */
export interface WaitingAnswer {
  attemptId: string;
  writtenAt: Date;
  /** Null: the file cannot be read, which `problem` explains. */
  connectionId: string | null;
  generation: number | null;
  problem: string | null;
}

/** The answers in the spool of this process's data folder, oldest first. */
export async function listWaitingAnswers(): Promise<WaitingAnswer[]> {
  const files = await listSpoolFiles();
  const answers = await Promise.all(
    files.map(async ({ attemptId, writtenAt }): Promise<WaitingAnswer | null> => {
      try {
        const spooled = await readSpooledAnswer(attemptId);
        if (!spooled) return null;
        const { connectionId, generation } = spooled.spend;
        return { attemptId, writtenAt, connectionId, generation, problem: null };
      } catch (error) {
        const { message } = toProblem(error);
        return { attemptId, writtenAt, connectionId: null, generation: null, problem: message };
      }
    }),
  );
  return answers.filter((answer) => answer !== null);
}

/** Throws UNAVAILABLE when answers of Salesforce could not be written to disk. */
export async function requireSpool(): Promise<void> {
  try {
    await assertSpoolWritable();
  } catch (err) {
    log().error({ err }, 'the spool cannot be written');
    throw new AppError('UNAVAILABLE', `The folder ${spoolFolder()} cannot be written.`, {
      nextStep: 'Make the data folder (ORGDOCK_DATA_DIR) writable for the user that runs Orgdock.',
    });
  }
}
