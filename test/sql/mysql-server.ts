import { spawnSync } from 'node:child_process';

/** The server that examples run on: `MYSQL_URL=mysql://root@127.0.0.1:3306`. */
export const mysqlUrl = process.env.MYSQL_URL;

export interface Answer {
  readonly rows: readonly (readonly string[])[];
  readonly errors: string;
}

/** Runs a script through the server's own client, which also splits it into statements. */
export function runOnServer(script: string, database: string | null): Answer {
  const { hostname, port, username, password } = new URL(mysqlUrl ?? '');
  const where = [`--host=${hostname}`, `--port=${port || '3306'}`, `--user=${decodeURIComponent(username)}`];
  const { error, stdout, stderr } = spawnSync(
    process.env.MYSQL_CLIENT ?? 'mariadb',
    ['--no-defaults', '--protocol=TCP', ...where, '--batch', '--skip-column-names', ...(database ? [database] : [])],
    {
      input: script,
      env: { ...process.env, MYSQL_PWD: decodeURIComponent(password) },
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    },
  );
  if (error) throw error;
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { rows: lines.map((line) => line.split('\t')), errors: stderr.trim() };
}
