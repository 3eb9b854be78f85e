import type { Finding } from '../finding.ts';
import type { Severity } from '../hazards/hazard.ts';
import type { Review } from '../review.ts';
import { plain } from './escape.ts';
import { maxEvidence } from './finding-view.ts';
import { hiddenStatements } from './hidden.ts';
import { encodePath } from './places.ts';
import { version } from './version.ts';

const levels: Record<Severity, 'error' | 'warning' | 'note'> = { blocking: 'error', warning: 'warning', note: 'note' };

type Line = { readonly path: string; readonly line: number };

/** SARIF 2.1.0 for code scanning: one rule per hazard, one result per finding, places of the new code only. */
export function sarif(review: Review): string {
  const rules = [...new Map(review.findings.map((finding) => [finding.hazard, finding])).values()];
  const ruleIndex = new Map(rules.map((finding, index) => [finding.hazard, index]));
  const run = {
    tool: { driver: { name: 'Bellows', version: version(), rules: rules.map(ruleOf) } },
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: notificationsOf(review) }],
    columnKind: 'utf16CodeUnits',
    results: review.findings.map((finding) => resultOf(finding, ruleIndex.get(finding.hazard) ?? 0)),
    properties: { verdict: review.verdict, target: review.target, base: review.base, head: review.head },
  };
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';

function ruleOf({ hazard, title, why, risk }: Finding) {
  return {
    id: hazard,
    shortDescription: { text: text(title) },
    fullDescription: { text: text(why) },
    properties: { tags: [risk] },
  };
}

function resultOf(finding: Finding, ruleIndex: number) {
  const lines = finding.evidence.slice(0, maxEvidence).filter((evidence) => evidence.side === 'head');
  const [first = finding.at, ...rest] = [...lines.map((evidence) => evidence.at), finding.at];
  return {
    ...{ ruleId: finding.hazard, ruleIndex, level: levels[finding.severity] },
    message: { text: text(`${finding.message} ${finding.remedy}`) },
    locations: [locationOf(first)],
    relatedLocations: rest.map(locationOf),
    partialFingerprints: { 'bellowsFinding/v1': finding.id },
    properties: { handle: finding.handle, app: finding.app, window: finding.window },
  };
}

/** What was not read stands beside the results: it is no fault of the code. What hides a schema change is said once. */
function notificationsOf(review: Review) {
  const hidden = hiddenStatements(review);
  const said = new Set(hidden.map(({ at, reason }) => keyOf(at, reason)));
  const others = review.unread.filter((unread) => !said.has(keyOf(unread, unread.reason)));
  return [
    ...hidden.map(({ at, reason }) => notification('error', at, reason)),
    ...others.map((unread) => notification('warning', unread, unread.reason)),
  ];
}

function keyOf({ path, line }: Line, reason: string): string {
  return JSON.stringify([path, line, reason]);
}

function notification(level: 'error' | 'warning', at: Line, reason: string) {
  return { level, message: { text: text(reason) }, locations: [locationOf(at)] };
}

function locationOf({ path, line }: Line) {
  return {
    physicalLocation: { artifactLocation: { uri: encodePath(path) }, region: { startLine: Math.max(1, line) } },
  };
}

/** A message is plain text, except that `[words](target)` would be a link. */
function text(sentence: string): string {
  return plain(sentence).replaceAll(/[\\[\]]/g, '\\$&') || 'No words';
}
