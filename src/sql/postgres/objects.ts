import type { ObjectType as ParsedObjectType, RangeVar } from 'libpg-query';

import type { ObjectType, Operation } from '../../schema/operation.ts';
import { type Context, step, type Tree } from './context.ts';
import { listName, nodeName, relationName } from './names.ts';
import type { Readers } from './readers.ts';
import { slice } from './source.ts';

const types: Readonly<Partial<Record<ParsedObjectType, ObjectType>>> = {
  OBJECT_AGGREGATE: 'function',
  OBJECT_DOMAIN: 'domain',
  OBJECT_DOMCONSTRAINT: 'domain',
  OBJECT_FUNCTION: 'function',
  OBJECT_INDEX: 'index',
  OBJECT_MATVIEW: 'view',
  OBJECT_POLICY: 'policy',
  OBJECT_PROCEDURE: 'procedure',
  OBJECT_ROUTINE: 'function',
  OBJECT_RULE: 'rule',
  OBJECT_SCHEMA: 'schema',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_STATISTIC_EXT: 'statistics',
  OBJECT_TRIGGER: 'trigger',
  OBJECT_TYPE: 'type',
  OBJECT_ATTRIBUTE: 'type',
  OBJECT_VIEW: 'view',
};

export function objectType(type: ParsedObjectType | undefined): ObjectType {
  return (type && types[type]) ?? 'other';
}

interface Named {
  readonly object: ObjectType;
  readonly name: string;
  readonly table?: string | null;
  readonly conditional?: boolean | undefined;
}

function created(context: Context, { object, name, table = null, conditional }: Named): readonly Operation[] {
  return [{ kind: 'create-object', object, table, name, ...step(context, conditional) }];
}

/** An object that changes in a way that only its own words tell. */
export function altered(context: Context, { object, name, table = null, conditional }: Named): readonly Operation[] {
  const words = slice(context.source, context.start, context.end);
  const change = words.length > longestChange ? `${words.slice(0, longestChange)}…` : words;
  return [{ kind: 'alter-object', object, table, name, change, ...step(context, conditional) }];
}

const longestChange = 100;

/** What databases hold that applications do not name; its name begins with what it is. */
function other(context: Context, what: string, name: string | undefined): readonly Operation[] {
  return created(context, { object: 'other', name: `${what} ${name ?? ''}`.trim() });
}

function tableOf(relation: RangeVar | undefined): string | null {
  return relation ? relationName(relation) : null;
}

function firstTable(nodes: readonly Tree[] | undefined): string | null {
  const first = nodes?.[0];
  return first && 'RangeVar' in first ? relationName(first.RangeVar) : null;
}

/** CREATE of what is no table, view, index, enum, extension or routine. */
export const objectReaders: Readers = {
  CreateSeqStmt: (context, { sequence, if_not_exists }) =>
    created(context, { object: 'sequence', name: relationName(sequence), conditional: if_not_exists }),
  CreateDomainStmt: (context, { domainname }) => created(context, { object: 'domain', name: listName(domainname) }),
  CompositeTypeStmt: (context, { typevar }) => created(context, { object: 'type', name: relationName(typevar) }),
  CreateRangeStmt: (context, { typeName }) => created(context, { object: 'type', name: listName(typeName) }),
  DefineStmt: (context, { kind, defnames, if_not_exists, replace }) =>
    created(context, { object: objectType(kind), name: listName(defnames), conditional: if_not_exists || replace }),
  CreateTrigStmt: (context, { trigname = '', relation, replace }) =>
    created(context, { object: 'trigger', name: trigname, table: tableOf(relation), conditional: replace }),
  CreatePolicyStmt: (context, { policy_name = '', table }) =>
    created(context, { object: 'policy', name: policy_name, table: tableOf(table) }),
  RuleStmt: (context, { rulename = '', relation, replace }) =>
    created(context, { object: 'rule', name: rulename, table: tableOf(relation), conditional: replace }),
  CreateStatsStmt: (context, { defnames, relations, if_not_exists }) =>
    created(context, {
      object: 'statistics',
      name: listName(defnames),
      table: firstTable(relations),
      conditional: if_not_exists,
    }),
  CreatePublicationStmt: (context, { pubname }) => other(context, 'publication', pubname),
  CreateSubscriptionStmt: (context, { subname }) => other(context, 'subscription', subname),
  CreateEventTrigStmt: (context, { trigname }) => other(context, 'event trigger', trigname),
  CreateRoleStmt: (context, { role }) => other(context, 'role', role),
  CreatedbStmt: (context, { dbname }) => other(context, 'database', dbname),
  CreateTableSpaceStmt: (context, { tablespacename }) => other(context, 'tablespace', tablespacename),
  CreateFdwStmt: (context, { fdwname }) => other(context, 'foreign data wrapper', fdwname),
  CreateForeignServerStmt: (context, { servername }) => other(context, 'server', servername),
  CreateUserMappingStmt: (context, { servername }) => other(context, 'user mapping', servername),
  CreateAmStmt: (context, { amname }) => other(context, 'access method', amname),
  CreatePLangStmt: (context, { plname }) => other(context, 'language', plname),
  CreateOpClassStmt: (context, { opclassname }) => other(context, 'operator class', listName(opclassname)),
  CreateOpFamilyStmt: (context, { opfamilyname }) => other(context, 'operator family', listName(opfamilyname)),
  CreateCastStmt: (context, { targettype }) => other(context, 'cast', listName(targettype?.names)),
  CreateConversionStmt: (context, { conversion_name }) => other(context, 'conversion', listName(conversion_name)),
  CreateTransformStmt: (context, { lang }) => other(context, 'transform', lang),

  AlterSeqStmt: (context, { sequence, missing_ok }) =>
    altered(context, { object: 'sequence', name: relationName(sequence), conditional: missing_ok }),
  AlterDomainStmt: (context, { typeName, missing_ok }) =>
    altered(context, { object: 'domain', name: listName(typeName), conditional: missing_ok }),
  AlterTypeStmt: (context, { typeName }) => altered(context, { object: 'type', name: listName(typeName) }),
  AlterFunctionStmt: (context, { objtype, func }) =>
    altered(context, { object: objectType(objtype), name: listName(func?.objname) }),
  AlterPolicyStmt: (context, { policy_name = '', table }) =>
    altered(context, { object: 'policy', name: policy_name, table: tableOf(table) }),
  AlterStatsStmt: (context, { defnames, missing_ok }) =>
    altered(context, { object: 'statistics', name: listName(defnames), conditional: missing_ok }),
  AlterOwnerStmt: (context, { objectType: type, object, relation }) =>
    altered(context, { object: objectType(type), name: relation ? relationName(relation) : nodeName(object) }),
  AlterObjectDependsStmt: (context, { objectType: type, object, relation }) =>
    altered(context, { object: objectType(type), name: relation ? relationName(relation) : nodeName(object) }),
  AlterExtensionStmt: (context, { extname = '' }) =>
    altered(context, { object: 'other', name: `extension ${extname}` }),
  AlterExtensionContentsStmt: (context, { extname = '' }) =>
    altered(context, { object: 'other', name: `extension ${extname}` }),
  AlterPublicationStmt: (context, { pubname = '' }) =>
    altered(context, { object: 'other', name: `publication ${pubname}` }),
  AlterSubscriptionStmt: (context, { subname = '' }) =>
    altered(context, { object: 'other', name: `subscription ${subname}` }),
  AlterEventTrigStmt: (context, { trigname = '' }) =>
    altered(context, { object: 'other', name: `event trigger ${trigname}` }),
  AlterRoleStmt: (context) => altered(context, { object: 'other', name: 'role' }),
  AlterRoleSetStmt: (context) => altered(context, { object: 'other', name: 'role' }),
  AlterDatabaseStmt: (context, { dbname = '' }) => altered(context, { object: 'other', name: `database ${dbname}` }),
  AlterDatabaseSetStmt: (context, { dbname = '' }) => altered(context, { object: 'other', name: `database ${dbname}` }),
  AlterSystemStmt: (context) => altered(context, { object: 'other', name: 'system' }),
  AlterOperatorStmt: (context) => altered(context, { object: 'other', name: 'operator' }),
  AlterOpFamilyStmt: (context, { opfamilyname }) =>
    altered(context, { object: 'other', name: `operator family ${listName(opfamilyname)}` }),
  AlterCollationStmt: (context, { collname }) =>
    altered(context, { object: 'other', name: `collation ${listName(collname)}` }),
  AlterTSConfigurationStmt: (context, { cfgname }) =>
    altered(context, { object: 'other', name: `text search ${listName(cfgname)}` }),
  AlterTSDictionaryStmt: (context, { dictname }) =>
    altered(context, { object: 'other', name: `text search ${listName(dictname)}` }),
  AlterFdwStmt: (context, { fdwname = '' }) =>
    altered(context, { object: 'other', name: `foreign data wrapper ${fdwname}` }),
  AlterForeignServerStmt: (context, { servername = '' }) =>
    altered(context, { object: 'other', name: `server ${servername}` }),
  AlterUserMappingStmt: (context, { servername = '' }) =>
    altered(context, { object: 'other', name: `user mapping ${servername}` }),
  AlterTableSpaceOptionsStmt: (context, { tablespacename = '' }) =>
    altered(context, { object: 'other', name: `tablespace ${tablespacename}` }),
  ReassignOwnedStmt: (context) => altered(context, { object: 'other', name: 'owner' }),
  SecLabelStmt: (context) => altered(context, { object: 'other', name: 'security label' }),

  DropRoleStmt: (context, { missing_ok }) => dropped(context, 'role', missing_ok),
  DropdbStmt: (context, { dbname = '', missing_ok }) => dropped(context, `database ${dbname}`, missing_ok),
  DropTableSpaceStmt: (context, { tablespacename = '', missing_ok }) =>
    dropped(context, `tablespace ${tablespacename}`, missing_ok),
  DropSubscriptionStmt: (context, { subname = '', missing_ok }) =>
    dropped(context, `subscription ${subname}`, missing_ok),
  DropUserMappingStmt: (context, { servername = '', missing_ok }) =>
    dropped(context, `user mapping ${servername}`, missing_ok),
};

function dropped(context: Context, name: string, conditional: boolean | undefined): readonly Operation[] {
  return [{ kind: 'drop-object', object: 'other', table: null, name, ...step(context, conditional) }];
}
