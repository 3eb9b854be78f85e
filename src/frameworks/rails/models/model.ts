import type { Location } from '../../../schema/location.ts';

/** What an association stands on, once its classes and tables are known. */
export interface Association {
  readonly name: string;
  readonly kind: 'belongs-to' | 'has-one' | 'has-many' | 'many-to-many';
  /** Names of the classes at the other end: several where it is polymorphic, none where they are not known. */
  readonly targets: readonly string[];
  /** The table that holds the foreign key. Null: not known. */
  readonly keyTable: string | null;
  /** The foreign key's columns, with the `_type` of a polymorphic one. */
  readonly keys: readonly string[];
  /** The column that counts the records on the other side, and its table. */
  readonly counter: { readonly table: string; readonly column: string } | null;
  /** The association of the same model that this one goes through. */
  readonly through: string | null;
  /** The association at the far end of `through`, where its name is another. */
  readonly source: string | null;
  /** The interface name under which a polymorphic association sees this model. */
  readonly as: string | null;
}

/** `plain` shadows an attribute of its name, `override` reaches it (`super`, `self[:name]`). */
export type MethodKind = 'plain' | 'override';

/** A class over a table, with all that it inherits and includes. */
export interface Model {
  readonly name: string;
  readonly at: Location;
  /** Null: abstract. */
  readonly table: string | null;
  /** Every class above it in the inheritance chain, nearest first, as far as the project's files tell. */
  readonly ancestors: readonly string[];
  readonly concerns: readonly string[];
  readonly associations: ReadonlyMap<string, Association>;
  /** Methods and scopes that an enum makes, and the attribute they read. */
  readonly enums: ReadonlyMap<string, string>;
  /** `alias_attribute`: new name → attribute. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Names that are methods and no columns: `attr_accessor`, `store_accessor`, `delegate`. */
  readonly virtual: ReadonlySet<string>;
  /** `attribute :name`: a column or not, the schema tells. */
  readonly declared: ReadonlySet<string>;
  /** Names given to a macro of a gem or of the project's own: it may define a method of that name. */
  readonly claimed: ReadonlySet<string>;
  /** Attributes that a macro keeps in several columns: name → columns. */
  readonly parts: ReadonlyMap<string, readonly string[]>;
  readonly ignored: ReadonlySet<string>;
  readonly methods: ReadonlyMap<string, MethodKind>;
  readonly classMethods: ReadonlySet<string>;
  readonly scopes: ReadonlySet<string>;
  /** Where the class itself stands: true for each file that opens it. */
  readonly paths: ReadonlySet<string>;
}

/** All models of an app, with the ways in which code names them. */
export interface Models {
  readonly all: readonly Model[];
  readonly byName: ReadonlyMap<string, Model>;
  readonly byTable: ReadonlyMap<string, readonly Model[]>;
  /** Module name → the models that include it, directly or not. */
  readonly including: ReadonlyMap<string, readonly Model[]>;
  /** Interface name of a polymorphic association → the models that take part in it. */
  readonly interfaces: ReadonlyMap<string, readonly Model[]>;
  /** `comment`, `admin_user` → models. */
  readonly singular: ReadonlyMap<string, readonly Model[]>;
  /** `comments` → models. */
  readonly plural: ReadonlyMap<string, readonly Model[]>;
  /** Association name → the models at its other end and whether it yields one record or many. */
  readonly associated: ReadonlyMap<string, { readonly models: readonly Model[]; readonly many: boolean }>;
  /** The model that a constant means, seen from inside the modules of `nesting` (innermost first). */
  readonly resolve: (constant: string, nesting: readonly string[]) => Model | null;
  readonly unread: readonly { readonly path: string; readonly line: number; readonly reason: string }[];
}
