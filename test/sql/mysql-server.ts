import { spawnSync } from 'node:child_process';

/** The server that examples run on: `MYSQL_URL=mysql://root@127.0.0.1:3306`. */
export const mysqlUrl = process.env.MYSQL_URL;

export interface Answer {
  readonly rows: readonly (readonly string[])[];
  readonly errors: string;
}

function where(): readonly string[] {
  const { hostname, port, username } = new URL(mysqlUrl ?? '');
  return [
    '--no-defaults',
    '--protocol=TCP',
    `--host=${hostname}`,
    `--port=${port || '3306'}`,
    `--user=${decodeURIComponent(username)}`,
  ];
}

const environment = { ...process.env, MYSQL_PWD: decodeURIComponent(mysqlUrl ? new URL(mysqlUrl).password : '') };

/** What the server's own tool writes to make a database again, with all that can be in one. */
export function dumpOf(database: string): string {
  const { error, status, stdout, stderr } = spawnSync(
    process.env.MYSQL_DUMP ?? 'mariadb-dump',
    [...where(), '--routines', '--triggers', '--events', database],
    { env: environment, encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  if (error) throw error;
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** The statements that the server accepts, each of them one line. */
export function acceptedOf(statements: readonly string[], database: string): readonly string[] {
  const { errors } = runOnServer(statements.map((line) => `${line};\n`).join(''), database, ['--force']);
  const refused = new Set([...errors.matchAll(/^ERROR .*? at line (\d+)/gm)].map(([, line]) => Number(line)));
  return statements.filter((_, index) => !refused.has(index + 1));
}

/** Runs a script through the server's own client, which also splits it into statements. */
export function runOnServer(script: string, database: string | null, options: readonly string[] = []): Answer {
  const { error, stdout, stderr } = spawnSync(
    process.env.MYSQL_CLIENT ?? 'mariadb',
    [...where(), '--batch', '--skip-column-names', ...options, ...(database ? [database] : [])],
    {
      input: script,
      env: environment,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    },
  );
  if (error) throw error;
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { rows: lines.map((line) => line.split('\t')), errors: stderr.trim() };
}
