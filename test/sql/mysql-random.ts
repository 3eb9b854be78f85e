/** Random DDL over three tables, most of it refused by a server and some of it not. The same seed gives the same. */
export function randomDdl(seed: number, statements: number): readonly string[] {
  const dice = diceOf(seed);
  return [...tables, ...Array.from({ length: statements }, () => statement(dice))];
}

/** What every script begins with, so that something is there to be changed. */
const tables = [
  'CREATE TABLE t1 (a int NOT NULL, b int, c varchar(9), PRIMARY KEY (a))',
  'CREATE TABLE t2 (a int PRIMARY KEY, b int, d int, KEY i1 (b))',
  'CREATE TABLE t3 (a int PRIMARY KEY, b int, e varchar(20), f int)',
];

interface Dice {
  readonly below: (limit: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** The text once in so many times, else nothing. */
  readonly maybe: (text: string, times?: number) => string;
}

/** Mulberry32, a generator of random numbers that needs one number of state. */
function diceOf(seed: number): Dice {
  let state = seed;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return {
    below,
    pick: (items) => items[below(items.length)] as (typeof items)[number],
    maybe: (text, times = 2) => (below(times) === 0 ? text : ''),
  };
}

const types: readonly (readonly [string, readonly string[]])[] = [
  ['int', ['0', '-1', "'2'", 'NULL']],
  ['INT(11) UNSIGNED', ['1', 'NULL']],
  ['boolean', ['TRUE', 'FALSE']],
  ['smallint', ['7']],
  ['decimal(8,2)', ['1.50', '0']],
  ['numeric', ['3']],
  ['double', ['1.5']],
  ['varchar(20)', ["'x'", '"it\'s"', "('y')"]],
  ['varchar(255) CHARACTER SET latin1 COLLATE latin1_bin', ["''"]],
  ['char(3)', ["'a;b'"]],
  ["enum('x','it''s')", ["'x'"]],
  ["set('p','q')", ["'p,q'"]],
  ['datetime', ['CURRENT_TIMESTAMP', 'NOW()', "'2020-01-01 00:00:00'"]],
  ['datetime(6)', ['CURRENT_TIMESTAMP(6)', 'now(6)']],
  ['timestamp NULL', ['NULL']],
  ['text', ['NULL']],
  ['json', ['NULL']],
  ['uuid', ['uuid()']],
  ['bit(4)', ['NULL']],
];

const table = ({ pick }: Dice) => pick(['t1', 't2', '`t3`']);
const column = ({ pick }: Dice) => pick(['a', 'b', 'c', 'd', '`e`', 'f', 'g']);
const index = ({ pick }: Dice) => pick(['i1', 'i2', 'i3', 'a', 'b']);
const key = ({ pick }: Dice) => pick(['k1', 'k2', 'k3']);

function definition(dice: Dice): string {
  const { pick, maybe } = dice;
  const [type, values] = pick(types);
  const null_ = maybe(pick([' NOT NULL', ' NULL']), 3);
  const value = maybe(` DEFAULT ${pick(values)}`, 3);
  const rest = [
    maybe(' INVISIBLE', 15),
    maybe(' UNIQUE', 8),
    maybe(" COMMENT 'x, y'", 6),
    maybe(' REFERENCES t1 (a)', 20),
  ];
  return `${type}${null_}${value}${rest.join('')}`;
}

function some(dice: Dice, most: number, part: (dice: Dice) => string): string {
  return Array.from({ length: 1 + dice.below(most) }, () => part(dice)).join(', ');
}

const columns = (dice: Dice) =>
  some(dice, 2, (each) => `${column(each)}${each.maybe(each.pick([' DESC', ' ASC']), 6)}`);

function constraint(dice: Dice): string {
  const { pick, maybe } = dice;
  const actions = [
    '',
    ' ON DELETE CASCADE',
    ' ON DELETE SET NULL',
    ' ON DELETE NO ACTION ON UPDATE CASCADE',
    ' ON UPDATE RESTRICT',
  ];
  const references = `(${column(dice)}) REFERENCES ${table(dice)} (a)${pick(actions)}`;
  return pick([
    `PRIMARY KEY (${columns(dice)})`,
    `UNIQUE ${pick(['', 'KEY ', 'INDEX '])}${maybe(`${index(dice)} `)}(${columns(dice)})`,
    `CONSTRAINT ${key(dice)} UNIQUE (${columns(dice)})`,
    `${pick(['KEY', 'INDEX'])} ${maybe(`${index(dice)} `)}${maybe('USING BTREE ', 4)}(${columns(dice)})${maybe(" COMMENT 'i'", 6)}`,
    `CONSTRAINT ${key(dice)} FOREIGN KEY ${references}`,
    `FOREIGN KEY ${references}`,
    `CONSTRAINT ${key(dice)} CHECK (${column(dice)} IS NOT NULL OR 1)`,
  ]);
}

function clause(dice: Dice): string {
  const { pick, maybe } = dice;
  const there = maybe('IF EXISTS ', 5);
  const word = maybe('COLUMN ');
  const place = maybe(pick([' FIRST', ` AFTER ${column(dice)}`]), 4);
  const computed = `int ${maybe('GENERATED ALWAYS ')}AS (1 + 1)${pick(['', ' STORED', ' VIRTUAL', ' PERSISTENT'])}`;
  return pick([
    `ADD ${word}${maybe('IF NOT EXISTS ', 6)}${column(dice)} ${definition(dice)}${place}`,
    `ADD ${word}(${column(dice)} ${definition(dice)}, ${column(dice)} ${definition(dice)})`,
    // No operation says yet that a column is computed from now on, so this one is only added and dropped.
    pick([`ADD z ${computed}`, 'DROP z']),
    `DROP ${word}${there}${column(dice)}`,
    `MODIFY ${word}${there}${column(dice)} ${definition(dice)}${place}`,
    `CHANGE ${word}${column(dice)} ${column(dice)} ${definition(dice)}${place}`,
    `RENAME COLUMN ${column(dice)} TO ${column(dice)}`,
    `ADD ${constraint(dice)}`,
    `ADD ${constraint(dice)}`,
    `DROP ${pick(['INDEX', 'KEY'])} ${there}${index(dice)}`,
    `DROP ${pick(['FOREIGN KEY', 'CONSTRAINT'])} ${there}${key(dice)}`,
    `RENAME ${pick(['INDEX', 'KEY'])} ${index(dice)} TO ${index(dice)}`,
    pick([
      'ENGINE=InnoDB',
      "COMMENT = 'c'",
      'FORCE',
      'ROW_FORMAT=DYNAMIC',
      'ALGORITHM=COPY',
      'LOCK=DEFAULT',
      'AUTO_INCREMENT = 5',
    ]),
  ]);
}

function statement(dice: Dice): string {
  const { below, pick, maybe } = dice;
  const name = table(dice);
  if (below(3) > 0)
    return `ALTER TABLE ${name} ${maybe('WAIT 9 ', 9)}${below(3) === 0 ? some(dice, 3, clause) : clause(dice)}`;
  return pick([
    pick(tables).replace('TABLE', 'TABLE IF NOT EXISTS'),
    `CREATE TABLE ${maybe('IF NOT EXISTS ', 5)}${name} (${some(dice, 5, (each) => `${column(each)} ${definition(each)}`)}${maybe(`, ${some(dice, 3, constraint)}`)})${maybe(' ENGINE=InnoDB')}`,
    `CREATE ${maybe('UNIQUE ')}INDEX ${maybe('IF NOT EXISTS ', 5)}${index(dice)} ON ${name} (${columns(dice)})`,
    `DROP INDEX ${maybe('IF EXISTS ', 4)}${index(dice)} ON ${name}`,
    `ALTER TABLE ${name} ALTER ${maybe('COLUMN ')}${column(dice)} ${pick(['SET DEFAULT 1', 'DROP DEFAULT', 'SET DEFAULT NULL'])}`,
    `RENAME TABLE t1 TO t9, t2 TO t1, t9 TO t2`,
    `DROP TABLE IF EXISTS ${name}`,
    `ALTER TABLE ${name} RENAME ${maybe('TO ')}${table(dice)}`,
  ]);
}
