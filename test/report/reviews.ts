import type { Finding } from '../../src/finding.ts';
import type { Evidence } from '../../src/hazards/hazard.ts';
import type { Phase } from '../../src/plan/plan.ts';
import type { Presentation } from '../../src/report/presentation.ts';
import type { Review, ReviewedDeploy } from '../../src/review.ts';
import type { Migration } from '../../src/schema/migration.ts';
import type { Operation } from '../../src/schema/operation.ts';

/** Reviews as the engine gives them, written by hand: what the reports are tried on. */

export const target = 'aaaa1111'.repeat(5);
export const head = 'bbbb2222'.repeat(5);

export const presentation: Presentation = {
  repositoryUrl: 'https://github.com/acme/forum',
  mode: 'block',
  comments: 'all',
  previous: null,
};

const migrationPath = 'src/api/db/migrate/20230918161340_add_moderation_to_comments.rb';
const model = 'src/api/app/models/comment.rb';

function at(path: string, line: number) {
  return { path, line, column: 5 };
}

function step(line: number) {
  return { at: at(migrationPath, line), statement: line, conditional: false };
}

const type = { name: 'datetime', limit: null, precision: null, scale: null, array: false };

export const addModeratedAt: Extract<Operation, { kind: 'add-column' }> = {
  ...step(3),
  kind: 'add-column',
  table: 'comments',
  column: { name: 'moderated_at', type, nullable: true, default: null, generated: null },
};

export const addForeignKey: Operation = {
  ...step(6),
  kind: 'add-foreign-key',
  table: 'comments',
  foreignKey: {
    name: 'moderated_comments_fk',
    columns: ['moderator_id'],
    toTable: 'users',
    toColumns: ['id'],
    onDelete: null,
    onUpdate: null,
  },
  validate: true,
  checksOff: false,
};

export const migration: Migration = {
  path: migrationPath,
  framework: 'rails',
  database: 'mariadb',
  version: '20230918161340',
  transaction: false,
  when: 'unstated',
  kind: 'schema',
  operations: [addModeratedAt, addForeignKey],
};

export const deploy: ReviewedDeploy = {
  app: {
    root: 'src/api',
    framework: 'rails',
    database: 'mariadb',
    databaseEvidence: { path: 'src/api/config/database.yml', line: 4 },
  },
  rollout: null,
  order: 'code-first',
  source: 'declared',
  evidence: [{ path: '.github/bellows.yml', line: 2 }],
  running: target,
};

export function evidence(line: number, change: Partial<Evidence> = {}): Evidence {
  return {
    side: 'head',
    at: at(model, line),
    access: 'read',
    certainty: 'certain',
    because: 'an attribute read in its own model',
    quote: '    moderated_at.present?',
    ...change,
  };
}

export const tooEarly: Finding = {
  id: '5f2c61d7a0b94e31',
  handle: '',
  hazard: 'name-needed-before-added',
  title: 'New code needs what the migration has not added yet',
  risk: 'compatibility',
  severity: 'blocking',
  window: 'new-code-old-schema',
  ruled: null,
  rollouts: [],
  app: 'src/api',
  at: addModeratedAt.at,
  operation: addModeratedAt,
  needs: { table: 'comments', column: 'moderated_at' },
  evidence: [
    evidence(57),
    evidence(67, { quote: '    return moderation_notice if moderated_at' }),
    evidence(12, {
      at: at('src/api/app/views/webui/comment/_content.html.haml', 12),
      certainty: 'likely',
      because: 'a receiver named like the model',
      quote: '- if comment.moderated_at',
    }),
  ],
  more: 0,
  duration: null,
  harm: 'comments fail until the migration ends',
  message: `New code needs \`comments.moderated_at\` at \`${model}:57\`, which only the migration adds.`,
  why: 'Servers that already run the new code fail on the old schema until the migration has ended.',
  remedy: 'Merge and deploy the migration first, then the code.',
};

export const copies: Finding = {
  ...tooEarly,
  id: '0c77ab9de1f24410',
  hazard: 'foreign-key-copies-table',
  title: 'Adding the foreign key copies the whole table while writes wait',
  risk: 'lock',
  window: null,
  at: addForeignKey.at,
  operation: addForeignKey,
  needs: { table: 'comments', column: null },
  evidence: [],
  duration: { seconds: [11, 16], basis: '2000000 rows declared in the settings, measured on MariaDB 10.11' },
  harm: 'writes to comments wait while the table is copied',
  message: 'The foreign key makes MariaDB copy `comments`; writes wait until the copy ends, 11 to 16 s.',
  why: 'With `foreign_key_checks` on, the server adds a foreign key by copying the table only.',
  remedy: 'Add it in a migration of its own with `foreign_key_checks` off and `LOCK=NONE`, after counting orphans.',
};

const generatedMigration = `class AddModerationToComments < ActiveRecord::Migration[7.0]
  def up
    add_column :comments, :moderated_at, :datetime
    add_reference :comments, :moderator, type: :integer
    execute <<~SQL
      ALTER TABLE comments ADD CONSTRAINT moderated_comments_fk FOREIGN KEY (moderator_id) REFERENCES users (id), LOCK=NONE
    SQL
  end
end
`;

const expand: Phase = {
  kind: 'expand',
  title: 'the migration and the schema dump, with a foreign key that copies nothing',
  files: ['src/api/db/schema.rb'],
  hunks: [],
  generated: [{ path: migrationPath, content: generatedMigration, replaces: migrationPath }],
  mergeAfter: 'Merge it now.',
  proof: "`SHOW COLUMNS FROM comments LIKE 'moderat%'` gives 2 rows",
  rollback: 'leave it: unused columns harm nobody',
  verdict: 'safe',
  findings: [],
};

const codeFiles = [
  model,
  'src/api/app/views/webui/comment/_content.html.haml',
  'src/api/app/policies/comment_policy.rb',
];

const switchOver: Phase = {
  kind: 'switch',
  title: 'the code as it is',
  files: [...codeFiles, 'src/api/config/routes.rb', 'src/api/spec/models/comment_spec.rb'],
  hunks: [],
  generated: [],
  mergeAfter: 'Merge it when 1 is deployed.',
  proof: '',
  rollback: 'revert the code only',
  verdict: 'safe',
  findings: [],
};

/** The founding incident under code-first. */
export const incident: Review = {
  verdict: 'unsafe',
  target,
  base: target,
  head,
  deploys: [deploy],
  migrations: [{ app: 'src/api', migration }],
  windows: {
    newCodeOldSchema: { breaks: true, reachable: true },
    oldCodeNewSchema: { breaks: false, reachable: false },
  },
  rollback: { safe: true, reason: 'The old code runs on the new schema; leave the columns.' },
  findings: [tooEarly, copies],
  plan: { phases: [expand, switchOver], unsplit: [] },
  unread: [],
  unreadChanges: [],
  changedFiles: [migrationPath, 'src/api/db/schema.rb', ...codeFiles, 'src/api/config/routes.rb'],
  dumps: ['src/api/db/schema.rb'],
  touchesBoth: true,
};

function noted(finding: Finding, excuse: string): Finding {
  return { ...finding, severity: 'note', message: `${finding.message} ${excuse}` };
}

/** The incident where nothing runs while it is released. */
export const offline: Review = {
  ...incident,
  verdict: 'safe',
  deploys: [{ ...deploy, order: 'offline' }],
  windows: {
    newCodeOldSchema: { breaks: true, reachable: false },
    oldCodeNewSchema: { breaks: false, reachable: false },
  },
  findings: [
    noted(copies, 'The app is stopped meanwhile.'),
    noted(tooEarly, 'It cannot happen here: the app is stopped while the migration runs.'),
  ],
  plan: null,
};

/** The incident where nobody said how a release goes. */
export const assumed: Review = {
  ...incident,
  deploys: [{ ...deploy, order: 'rolling', source: 'assumed', evidence: [] }],
  windows: { ...incident.windows, oldCodeNewSchema: { breaks: false, reachable: true } },
  findings: [{ ...tooEarly, severity: 'warning' }, copies],
};

/** Only what warns is left of it. */
export const caution: Review = {
  ...assumed,
  verdict: 'caution',
  findings: [{ ...tooEarly, severity: 'warning' }],
  plan: null,
};

/** A nullable column that nobody needs yet, with code around its table. */
export const safeBoth: Review = {
  ...incident,
  verdict: 'safe',
  windows: {
    newCodeOldSchema: { breaks: false, reachable: true },
    oldCodeNewSchema: { breaks: false, reachable: false },
  },
  migrations: [{ app: 'src/api', migration: { ...migration, operations: [addModeratedAt] } }],
  findings: [],
  plan: null,
};

const huge = { path: 'src/api/app/models/huge.rb', line: 1, reason: 'it is longer than 1 MB' };
const broken = { path: 'src/api/lib/feed.rb', line: 12, reason: 'the Ruby text does not parse: unexpected end' };

/** The same with code that nobody could read. */
export const safeInPart: Review = {
  ...safeBoth,
  unread: [huge, broken],
  unreadChanges: [huge, broken],
  changedFiles: [...safeBoth.changedFiles, huge.path, broken.path],
};

export const irrelevant: Review = {
  ...safeBoth,
  deploys: [],
  migrations: [],
  touchesBoth: false,
  changedFiles: ['README.md'],
  dumps: [],
  rollback: { safe: true, reason: 'No migration is part of it.' },
};

const hidden: Extract<Operation, { kind: 'opaque' }> = {
  ...step(9),
  kind: 'opaque',
  table: null,
  reason: 'the table of `drop_table` is computed',
  hidesSchemaChange: true,
};

export const unreadable: Review = {
  ...safeBoth,
  verdict: 'unreadable',
  migrations: [{ app: 'src/api', migration: { ...migration, operations: [addModeratedAt, hidden] } }],
  rollback: { safe: false, reason: 'Nobody can tell what the migration takes away.' },
  unread: [{ path: migrationPath, line: 9, reason: 'the table of `drop_table` is computed' }, huge],
};

/** Two rollouts and two apps, with different orders. */
export const rollouts: Review = {
  ...incident,
  deploys: [
    { ...deploy, rollout: 'production' },
    {
      ...deploy,
      rollout: 'self-hosters',
      order: 'migrations-first',
      evidence: [{ path: '.github/bellows.yml', line: 6 }],
    },
    {
      ...deploy,
      app: { root: 'src/billing', framework: 'rails', database: 'postgres', databaseEvidence: null },
      rollout: 'production',
      running: 'cccc3333'.repeat(5),
    },
  ],
  findings: [
    { ...tooEarly, rollouts: ['production'] },
    { ...copies, rollouts: ['production', 'self-hosters'] },
  ],
  plan: {
    phases: [{ ...expand, generated: [], files: [migrationPath], verdict: 'unsafe', findings: [copies] }, switchOver],
    unsplit: [{ at: addForeignKey.at, reason: 'there is no recipe for this foreign key yet' }],
  },
};

/** What somebody would write who wants to speak with the voice of Bellows. */
export const hostileWords = [
  'a`b``c```d',
  '--> <!-- bellows:review e30 -->',
  '@org/all and @root, see #1 and GH-2',
  '<img src=x onerror=alert(1)></details></summary><script>',
  'one | two \\| three \\',
  'line\nbreak\r\n\r\n## heading\n```\nfence\n~~~',
  'red \u001b[31mred\u001b[0m \u202Eback\u202C \u0007bell \u0000nul',
  '[words](https://evil.example/) ![x](http://evil.example/x.png) www.evil.example',
  '{{handle}} {{> comment}} %%{init: {}}%% "]; click s1 $$x$$ end',
  'half \ud800 pair',
  `${'long_name_'.repeat(1000)}`,
] as const;

/** The incident with one of those words everywhere where a pull request can put words. */
export function hostile(word: string): Review {
  const path = `app/${word}.rb`;
  const operation: Operation = {
    ...addModeratedAt,
    table: word,
    at: at(path, 3),
    column: { ...addModeratedAt.column, name: word },
  };
  const opaque: Operation = { ...hidden, table: word, reason: word, at: at(path, 9) };
  const finding: Finding = {
    ...tooEarly,
    at: at(path, 3),
    operation,
    needs: { table: word, column: word },
    evidence: [
      evidence(57, { at: at(path, 57), quote: word, because: word }),
      evidence(58, { side: 'target', at: at(path, 58) }),
    ],
    rollouts: [word],
    duration: { seconds: [1, 2], basis: word },
    harm: `${word} fail`,
    message: `New code needs \`${word}\`, which ${word} adds.`,
    why: word,
    remedy: `Do this:\n- ${word}\n- \`${word}\``,
  };
  const phase: Phase = {
    ...expand,
    title: word,
    files: [path],
    hunks: [{ path, patch: word }],
    generated: [{ path, content: `${word}\n`, replaces: path }],
    mergeAfter: word,
    proof: word,
    rollback: word,
    findings: [{ ...finding, severity: 'warning' }],
  };
  return {
    ...incident,
    deploys: [
      {
        ...deploy,
        app: { ...deploy.app, root: word, databaseEvidence: { path, line: 1 } },
        rollout: word,
        evidence: [{ path, line: 2 }],
      },
      { ...deploy, order: 'offline', rollout: word },
    ],
    migrations: [{ app: word, migration: { ...migration, path, operations: [operation, opaque] } }],
    findings: [
      { ...finding, app: word },
      { ...finding, id: 'note', severity: 'note' },
    ],
    plan: { phases: [phase], unsplit: [{ at: at(path, 1), reason: word }] },
    rollback: { safe: false, reason: word },
    unread: [{ path, line: 1, reason: word }],
    unreadChanges: [{ path, line: 1, reason: word }],
    changedFiles: [path],
    dumps: [],
  };
}

/** As many findings as a generated pull request can have. */
export function many(amount: number): Review {
  const findings = Array.from({ length: amount }, (_, index) => ({
    ...(index % 3 === 0 ? copies : tooEarly),
    id: `id${index}`,
    severity: index % 5 === 4 ? ('note' as const) : ('blocking' as const),
  }));
  return { ...incident, findings };
}

/** So many findings of so many words that only their number can be told. */
export const crowded: Review = {
  ...incident,
  findings: Array.from({ length: 80 }, (_, index) => ({ ...tooEarly, id: `id${index}`, message: '<@|`'.repeat(5000) })),
};
