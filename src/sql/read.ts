import type { Database } from '../schema/migration.ts';
import { readMysql } from './mysql/read.ts';
import { newSession, type Session } from './mysql/session.ts';
import { type Memory, newMemory } from './postgres/memory.ts';
import { readPostgres } from './postgres/read.ts';
import { readSqlite } from './sqlite/read.ts';
import type { Place, SqlStatement } from './statement.ts';

/** What one connection knows of the statements before, for texts that are sent one after another. */
export interface SqlSession {
  readonly mysql: Session;
  readonly postgres: Memory;
}

export function newSqlSession(): SqlSession {
  return { mysql: newSession(), postgres: newMemory() };
}

export interface SqlSource {
  readonly text: string;
  readonly place: Place;
  readonly database: Database;
}

/** Reads SQL in the dialect of its database. Never throws. */
export function readSql({ text, place, database }: SqlSource, session: SqlSession): readonly SqlStatement[] {
  switch (database) {
    case 'postgres':
      return readPostgres(text, place, session.postgres);
    case 'mysql':
    case 'mariadb':
      return readMysql(text, place, database, session.mysql);
    case 'sqlite':
      return readSqlite(text, place);
  }
}
