import type { Engine } from './engine.ts';
import { innodbCost, innodbRates, innodbRowsQuery } from './innodb.ts';

export const mariadb: Engine = {
  name: 'mariadb',
  label: 'MariaDB',
  cost: innodbCost,
  secondsPerMillionRows: innodbRates,
  rowsQuery: innodbRowsQuery,
};
