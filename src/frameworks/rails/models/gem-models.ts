import type { Definition } from './definitions.ts';

/** Models that gems bring with their migrations, by class: the project's own files use them and never define them. */
const tables: Readonly<Record<string, string>> = {
  'ActionMailbox::InboundEmail': 'action_mailbox_inbound_emails',
  'ActionText::RichText': 'action_text_rich_texts',
  'ActiveStorage::Attachment': 'active_storage_attachments',
  'ActiveStorage::Blob': 'active_storage_blobs',
  'ActiveStorage::VariantRecord': 'active_storage_variant_records',
  'ActsAsTaggableOn::Tag': 'tags',
  'ActsAsTaggableOn::Tagging': 'taggings',
  'Audited::Audit': 'audits',
  'Delayed::Job': 'delayed_jobs',
  'Doorkeeper::AccessGrant': 'oauth_access_grants',
  'Doorkeeper::AccessToken': 'oauth_access_tokens',
  'Doorkeeper::Application': 'oauth_applications',
  'FriendlyId::Slug': 'friendly_id_slugs',
  'Noticed::Event': 'noticed_events',
  'Noticed::Notification': 'noticed_notifications',
  'PaperTrail::Version': 'versions',
};

/** The table that a gem gives one of its classes. Null: no class of a gem that is known here. */
export function gemTable(name: string): string | null {
  return Object.hasOwn(tables, name) ? (tables[name] ?? null) : null;
}

/** The classes of gems whose table the project has, as if a file without a name defined them. */
export function gemDefinitions(isTable: (table: string) => boolean): readonly Definition[] {
  return Object.entries(tables)
    .filter(([, table]) => isTable(table))
    .map(([name]) => ({
      kind: 'class',
      name,
      nesting: [],
      superclass: 'ActiveRecord::Base',
      at: { path: '', line: 1, column: 1 },
      macros: [],
      includes: [],
      ignored: [],
      constants: new Map(),
      methods: new Map(),
      classMethods: new Set(),
      tablePrefix: null,
    }));
}

/** Whether no file of the project defines the model, so that nothing there can be pointed at or is named after it. */
export function isOfGem({ at }: { readonly at: { readonly path: string } }): boolean {
  return at.path === '';
}
