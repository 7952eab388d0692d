// @ts-check
/**
 * Preloaded into children of the scripts: when the parent is gone, however it ended, so is the child. SIGTERM to
 * itself, so that the child's own way of stopping runs.
 */
if (process.channel) {
  // The parent's ends of the pipes are gone then too; writing to them must not end the stop half-way.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
