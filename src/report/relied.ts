import type { Review, ReviewedDeploy } from '../review.ts';
import type { Database } from '../schema/migration.ts';
import { whoOf } from './order-words.ts';
import type { Place, Places } from './places.ts';
import { count, named, shortSha } from './words.ts';

const databaseLabels: Record<Database, string> = {
  postgres: 'PostgreSQL',
  mysql: 'MySQL or MariaDB',
  mariadb: 'MariaDB',
  sqlite: 'SQLite',
};

interface Told {
  readonly words: string;
  readonly value: string;
  readonly places: readonly Place[];
  /** How it is known. */
  readonly how: string;
  /** All of it as one line, for the terminal. */
  readonly line: string;
}

/** What a review took for granted, and what it could not read. */
export interface Relied {
  readonly facts: readonly Told[];
  readonly unread: readonly { readonly place: Place; readonly reason: string }[];
  readonly moreUnread: string | null;
}

const maxUnread = 20;
const maxDeploys = 12;

export function reliedOn(review: Review, places: Places): Relied {
  const { deploys, unread } = review;
  return {
    facts: unique(deploys.slice(0, maxDeploys).flatMap((deploy) => factsOf(deploy, review, places))),
    unread: unread
      .slice(0, maxUnread)
      .map(({ path, line, reason }) => ({ place: places.head({ path, line }), reason })),
    moreUnread: unread.length > maxUnread ? count(unread.length - maxUnread, 'more place') : null,
  };
}

function factsOf(deploy: ReviewedDeploy, review: Review, places: Places): readonly Told[] {
  const who = review.deploys.length > 1 ? ` of ${whoOf(deploy, review.deploys)}` : '';
  const whose = appOf(deploy, review);
  const { database, databaseEvidence: evidence } = deploy.app;
  const how = { declared: 'declared at', inferred: 'read from', assumed: unsaid }[deploy.source];
  const from = deploy.evidence.slice(0, 3).map(places.target);
  const facts = [
    told({
      words: `Order${who}`,
      value: deploy.order,
      places: from,
      how: from.length > 0 || how === unsaid ? how : 'declared',
    }),
    told({
      words: `Database${whose}`,
      value: databaseLabels[database],
      places: evidence ? [places.target(evidence)] : [],
      how: evidence ? 'read from' : unsaid,
    }),
  ];
  if (deploy.running === review.target) return facts;
  const later = 'what was merged after it is not deployed yet';
  return [...facts, told({ words: `Running now${whose}`, value: shortSha(deploy.running), places: [], how: later })];
}

function appOf({ app }: ReviewedDeploy, { deploys }: Review): string {
  const several = deploys.some((other) => other.app.root !== app.root);
  return several ? ` of ${named(app.root || 'the top folder')}` : '';
}

const unsaid = 'assumed, nothing says it';

/** What several rollouts of one app share is said once. */
function unique(facts: readonly Told[]): readonly Told[] {
  return [...new Map(facts.map((fact) => [fact.line, fact])).values()];
}

function told(fact: Omit<Told, 'line'>): Told {
  const at = fact.places.map(({ path, line }) => ` ${path}:${line}`).join(',');
  return { ...fact, line: `${fact.words}: ${fact.value} (${fact.how}${at})` };
}
