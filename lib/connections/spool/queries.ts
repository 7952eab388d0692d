import { readSpooledAnswer } from '@/lib/connections/spool/answer';
import { assertSpoolWritable, listSpoolFiles, spoolFolder } from '@/lib/connections/spool/spool-files';
import type { WaitingAnswer } from '@/lib/connections/types';
import { AppError, toProblem } from '@/lib/errors';
import { log } from '@/lib/log';

/** The answers in the spool of this process's data folder, oldest first. */
export async function listWaitingAnswers(): Promise<WaitingAnswer[]> {
  const files = await listSpoolFiles();
  const answers = await Promise.all(
    files.map(async (file): Promise<WaitingAnswer | null> => {
      const { attemptId } = file;
      const writtenAt = file.writtenAt.toISOString();
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
