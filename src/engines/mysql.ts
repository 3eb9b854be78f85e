import type { Engine } from './engine.ts';
import { innodbCost, innodbRates, innodbRowsQuery } from './innodb.ts';

/** Also stands for a project whose driver does not tell MySQL from MariaDB. */
export const mysql: Engine = {
  name: 'mysql',
  label: 'MySQL',
  cost: innodbCost,
  secondsPerMillionRows: innodbRates,
  rowsQuery: innodbRowsQuery,
};
