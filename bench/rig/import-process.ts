/*
 * Runs `npx freesheet import` in a process of its own, whose memory is the import's alone.
 */
import { loadConfig } from '../../src/platform/config.ts';
import { command } from '../../src/cli/import.ts';

const lines: string[] = [];
const started = performance.now();
const code = await command.run(process.argv.slice(2), {
  out: (line) => void lines.push(line),
  err: (line) => void lines.push(line),
  config: () => loadConfig(),
});
if (code !== 0) throw new Error(lines.join('\n'));
process.send!({ imported: { seconds: (performance.now() - started) / 1000, lines } });
// Stays until its parent has seen what it used.
process.on('disconnect', () => process.exit());
