import type { AlterTableType } from 'libpg-query';

/**
 * The words of those ALTER TABLE clauses that change no name, type or constraint. Which lock each takes is in the
 * manual's page of ALTER TABLE; what is not here stands as it is written.
 */
export const optionWords: Readonly<Partial<Record<AlterTableType, string>>> = {
  AT_SetStatistics: 'SET STATISTICS',
  AT_SetOptions: 'SET COLUMN OPTIONS',
  AT_ResetOptions: 'RESET COLUMN OPTIONS',
  AT_SetStorage: 'SET STORAGE',
  AT_SetCompression: 'SET COMPRESSION',
  AT_AlterConstraint: 'ALTER CONSTRAINT',
  AT_AlterColumnGenericOptions: 'COLUMN OPTIONS',
  AT_ChangeOwner: 'OWNER TO',
  AT_ClusterOn: 'CLUSTER ON',
  AT_DropCluster: 'SET WITHOUT CLUSTER',
  AT_DropOids: 'SET WITHOUT OIDS',
  AT_EnableTrig: 'ENABLE TRIGGER',
  AT_EnableAlwaysTrig: 'ENABLE ALWAYS TRIGGER',
  AT_EnableReplicaTrig: 'ENABLE REPLICA TRIGGER',
  AT_DisableTrig: 'DISABLE TRIGGER',
  AT_EnableTrigAll: 'ENABLE TRIGGER ALL',
  AT_DisableTrigAll: 'DISABLE TRIGGER ALL',
  AT_EnableTrigUser: 'ENABLE TRIGGER USER',
  AT_DisableTrigUser: 'DISABLE TRIGGER USER',
  AT_EnableRule: 'ENABLE RULE',
  AT_EnableAlwaysRule: 'ENABLE ALWAYS RULE',
  AT_EnableReplicaRule: 'ENABLE REPLICA RULE',
  AT_DisableRule: 'DISABLE RULE',
  AT_ReplicaIdentity: 'REPLICA IDENTITY',
  AT_EnableRowSecurity: 'ENABLE ROW LEVEL SECURITY',
  AT_DisableRowSecurity: 'DISABLE ROW LEVEL SECURITY',
  AT_ForceRowSecurity: 'FORCE ROW LEVEL SECURITY',
  AT_NoForceRowSecurity: 'NO FORCE ROW LEVEL SECURITY',
  AT_GenericOptions: 'OPTIONS',
  AT_SetIdentity: 'SET GENERATED',
};
