/** Longer names than any database allows are no names. */
const harmless = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** Whether every name can stand in generated Ruby and SQL without being taken for anything else. */
export function areHarmless(names: readonly string[]): boolean {
  return names.every((name) => harmless.test(name));
}

const actions: Readonly<Record<string, string>> = {
  cascade: 'CASCADE',
  nullify: 'SET NULL',
  set_null: 'SET NULL',
  restrict: 'RESTRICT',
  no_action: 'NO ACTION',
};

/** The words of SQL for `on_delete: :nullify`; empty without one, null where it is not known. */
export function referentialAction(action: string | null): string | null {
  if (action === null) return '';
  return actions[action.toLowerCase().replaceAll(' ', '_')] ?? null;
}

interface Key {
  readonly table: string;
  readonly columns: readonly string[];
  readonly toTable: string;
  readonly toColumns: readonly string[];
}

/** `FROM …` of a query over the rows of `table` whose value leads to no row of `toTable`. Names are harmless ones. */
export function joinOf({ table, columns, toTable, toColumns }: Key): string {
  const other = table === toTable ? 'referenced' : toTable;
  const alias = table === toTable ? ' AS `referenced`' : '';
  const met = toColumns.map((column, index) => `\`${other}\`.\`${column}\` = \`${table}\`.\`${columns[index]}\``);
  const given = columns.map((column) => `\`${table}\`.\`${column}\` IS NOT NULL`);
  return (
    `FROM \`${table}\` LEFT JOIN \`${toTable}\`${alias} ON ${met.join(' AND ')} ` +
    `WHERE ${given.join(' AND ')} AND \`${other}\`.\`${toColumns[0]}\` IS NULL`
  );
}
