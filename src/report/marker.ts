import type { Finding, Verdict } from '../finding.ts';
import type { Review } from '../review.ts';
import type { Previous } from './presentation.ts';

const shape = /^<!-- bellows:review ([A-Za-z0-9_-]{1,30000}) -->\r?$/;

/** More than anybody answers to; what a comment remembers must stay small beside what it says. */
const maxHandles = 200;

/** The comment's hidden first line: what the next review must know of this one. Base64url, so nothing can end it early. */
export function writeMarker(review: Review, previous: Previous | null): string {
  const value = {
    verdict: review.verdict,
    head: review.head ?? '',
    handles: Object.fromEntries(remembered(review.findings, previous)),
  };
  return `<!-- bellows:review ${Buffer.from(JSON.stringify(value)).toString('base64url')} -->`;
}

/** Handles of this review first, then those of findings that went away, whose numbers are never given again. */
function remembered(findings: readonly Finding[], previous: Previous | null): readonly [string, string][] {
  const all = new Map<string, string>(findings.map((finding) => [finding.handle, finding.id]));
  for (const [handle, id] of Object.entries(previous?.handles ?? {})) if (!all.has(handle)) all.set(handle, id);
  const entries = [...all];
  return entries.length <= maxHandles ? entries : [...entries.slice(0, maxHandles), ...highest(entries)];
}

/** Of each letter the entry with the highest number: where the next review goes on counting. */
function highest(entries: readonly [string, string][]): readonly [string, string][] {
  const best = new Map<string, [string, string]>();
  for (const entry of entries) {
    const letter = entry[0].charAt(0);
    if (Number(entry[0].slice(1)) >= Number((best.get(letter)?.[0] ?? '0').slice(1))) best.set(letter, entry);
  }
  return [...best.values()];
}

/** Whether a comment carries the marker. Anybody can paste one: the caller checks the author too. */
export function hasMarker(comment: string): boolean {
  return shape.test(firstLine(comment));
}

/** What an earlier comment remembers; null where it carries no marker, or one that was not written here. */
export function readMarker(comment: string): Previous | null {
  const payload = shape.exec(firstLine(comment))?.[1];
  if (payload === undefined) return null;
  try {
    return previousOf(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  } catch {
    return null;
  }
}

function previousOf(value: unknown): Previous | null {
  if (!isRecord(value) || !isRecord(value.handles)) return null;
  const { verdict, head, handles } = value;
  if (!isVerdict(verdict) || typeof head !== 'string' || !/^[0-9a-f]{0,64}$/.test(head)) return null;
  const entries = Object.entries(handles).filter(
    (entry): entry is [string, string] => /^[BLDP][1-9]\d{0,6}$/.test(entry[0]) && typeof entry[1] === 'string',
  );
  return { handles: Object.fromEntries(entries), verdict, head };
}

function isVerdict(value: unknown): value is Verdict {
  return value === 'safe' || value === 'caution' || value === 'unsafe' || value === 'unreadable';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function firstLine(comment: string): string {
  const end = comment.indexOf('\n');
  return end < 0 ? comment : comment.slice(0, end);
}
