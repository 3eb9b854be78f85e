import { describe, expect, it } from 'vitest';

import { readDump } from '../../../src/frameworks/rails/dump.ts';
import type { Database } from '../../../src/schema/migration.ts';

function read(database: Database, text: string) {
  const dump = readDump({ path: 'db/structure.sql', text }, { database });
  if (!dump.ok) throw new Error(dump.reason);
  return dump;
}

const pgDump = String.raw`\restrict 2fTq
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);

--
-- Name: mood; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.mood AS ENUM (
    'good',
    'bad'
);

CREATE FUNCTION public.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  DELETE FROM gone;
  RETURN NEW;
END;
$$;

CREATE TABLE public.plants (
    id bigint NOT NULL,
    name character varying DEFAULT ''::character varying NOT NULL,
    mood public.mood,
    bed_id bigint
);

CREATE SEQUENCE public.plants_id_seq START WITH 1 INCREMENT BY 1 CACHE 1;
ALTER SEQUENCE public.plants_id_seq OWNED BY public.plants.id;
ALTER TABLE ONLY public.plants ALTER COLUMN id SET DEFAULT nextval('public.plants_id_seq'::regclass);

CREATE TABLE public.beds (id bigint NOT NULL);

COPY public.beds (id) FROM stdin;
1
2	DROP TABLE plants;
\.

ALTER TABLE ONLY public.beds ADD CONSTRAINT beds_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.plants ADD CONSTRAINT plants_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX by_name ON public.plants USING btree (name) WHERE (mood IS NOT NULL);
ALTER TABLE ONLY public.plants ADD CONSTRAINT fk_rails_1 FOREIGN KEY (bed_id) REFERENCES public.beds(id) ON DELETE CASCADE;

\unrestrict 2fTq
SET search_path TO "$user", public;

INSERT INTO "schema_migrations" (version) VALUES
('20260201000000'),
('20260101000000'),
('007');
`;

const mysqldump = `/*!40101 SET @saved_cs_client = @@character_set_client */;
DROP TABLE IF EXISTS \`beds\`;
CREATE TABLE \`beds\` (
  \`id\` bigint NOT NULL AUTO_INCREMENT,
  PRIMARY KEY (\`id\`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
DROP TABLE IF EXISTS \`plants\`;
CREATE TABLE \`plants\` (
  \`id\` bigint NOT NULL AUTO_INCREMENT,
  \`name\` varchar(255) NOT NULL DEFAULT '',
  \`mood\` enum('good','bad') DEFAULT NULL,
  \`bed_id\` bigint DEFAULT NULL,
  PRIMARY KEY (\`id\`),
  UNIQUE KEY \`by_name\` (\`name\`),
  CONSTRAINT \`fk_rails_1\` FOREIGN KEY (\`bed_id\`) REFERENCES \`beds\` (\`id\`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
DELIMITER ;;
/*!50003 CREATE TRIGGER counting BEFORE INSERT ON plants FOR EACH ROW BEGIN SET NEW.name = 'x'; END */;;
DELIMITER ;
INSERT INTO schema_migrations (version) VALUES ('20260101000000');
INSERT INTO \`schema_migrations\` (version) VALUES ('20260201000000');
INSERT INTO schema_migrations (version) VALUES ('7');
`;

const sqliteSchema = `CREATE TABLE IF NOT EXISTS "schema_migrations" ("version" varchar NOT NULL PRIMARY KEY);
CREATE TABLE sqlite_sequence(name,seq);
CREATE TABLE IF NOT EXISTS "beds" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL);
CREATE TABLE IF NOT EXISTS "plants" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "name" varchar DEFAULT '' NOT NULL,
  "mood" varchar, "bed_id" integer, CONSTRAINT "fk_rails_1" FOREIGN KEY ("bed_id") REFERENCES "beds" ("id") ON DELETE CASCADE);
CREATE UNIQUE INDEX "by_name" ON "plants" ("name");
INSERT INTO "schema_migrations" (version) VALUES ('20260201000000'), ('20260101000000'), ('7');
`;

describe('a structure.sql', () => {
  it.each([
    ['postgres', pgDump],
    ['mysql', mysqldump],
    ['mariadb', mysqldump],
    ['sqlite', sqliteSchema],
  ] as const)('of %s is the schema that it makes, and knows which migrations ran', (database, text) => {
    const { schema, version, versions } = read(database, text);
    expect(version).toBe('20260201000000');
    expect([...(versions ?? [])].sort()).toEqual(['20260101000000', '20260201000000', '7']);
    const plants = schema.tables.get('plants');
    expect([...(plants?.columns.keys() ?? [])]).toEqual(['id', 'name', 'mood', 'bed_id']);
    expect(plants?.columns.get('id')).toMatchObject({ nullable: false, generated: 'identity' });
    expect(plants?.columns.get('name')).toMatchObject({ nullable: false, default: '' });
    expect(plants?.primaryKey).toEqual(['id']);
    expect(plants?.open).toBe(false);
    expect(plants?.indexes).toMatchObject([{ name: 'by_name', columns: ['name'], unique: true }]);
    expect(plants?.foreignKeys).toMatchObject([{ columns: ['bed_id'], toTable: 'beds', onDelete: 'cascade' }]);
  });

  it('is refused where it creates nothing, so that the migrations are replayed instead', () => {
    const dump = readDump({ path: 'db/structure.sql', text: mysqldump }, { database: 'postgres' });
    expect(dump).toMatchObject({ ok: false, line: 1, reason: expect.stringContaining('postgres') });
  });

  it('costs linear time', { timeout: 10_000 }, () => {
    const tables = Array.from(
      { length: 2_000 },
      (_, index) => `CREATE TABLE public.t${index} (id bigint, a text, b text);\n
        ALTER TABLE ONLY public.t${index} ADD CONSTRAINT t${index}_pkey PRIMARY KEY (id);\n
        CREATE INDEX i${index} ON public.t${index} (a);\n`,
    );
    const versions = Array.from({ length: 20_000 }, (_, index) => `('${20_200_000_000_000 + index}')`);
    const rows = `INSERT INTO "schema_migrations" (version) VALUES\n${versions.join(',\n')};\n`;
    const hostile = 'INSERT INTO schema_migrations '.repeat(20_000);
    const dump = read('postgres', tables.join('') + rows + hostile);
    expect([dump.schema.tables.size, dump.versions?.size]).toEqual([2_000, 20_000]);
  });
});
