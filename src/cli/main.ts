#!/usr/bin/env node
// Nothing is imported before these lines have run: what fails here, a missing module included, must end with 3. Left
// to itself Node ends with 1, which says "unsafe".
process.exitCode = 3;
process.on('uncaughtException', (error) => {
  process.stderr.write(`bellows: Bellows failed, not your change: ${String(error?.message ?? error).split('\n')[0]}\n`);
  process.exit(3);
});

const { runProgram } = await import('./program.ts');
await runProgram(process.argv.slice(2));

export {};
