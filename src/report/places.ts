import type { Evidence } from '../hazards/hazard.ts';
import type { Review } from '../review.ts';
import { clean, clipMiddle } from './escape.ts';

/** A line of a file, with where to read it. Texts are raw: templates escape them. */
export interface Place {
  readonly path: string;
  readonly line: number;
  /** The file's own name, for where a whole path would not fit. */
  readonly short: string;
  /** A permalink at the commit that was read. Null: there is none to give. */
  readonly url: string | null;
}

/** Addresses longer than this say less than they cost. */
const maxUrl = 1000;

/** Builds places at the commits of one review. */
export interface Places {
  readonly head: (at: { readonly path: string; readonly line: number }) => Place;
  readonly target: (at: { readonly path: string; readonly line: number }) => Place;
  readonly evidence: (evidence: Evidence, app: string) => Place;
  readonly commit: (sha: string | null) => string | null;
  readonly linked: boolean;
}

export function placesOf(review: Review, repositoryUrl: string | null): Places {
  const base = repositoryUrl !== null && /^https?:\/\/[\w.:/-]+$/.test(repositoryUrl) ? repositoryUrl : null;
  const at = (sha: string | null) => (place: { readonly path: string; readonly line: number }) => ({
    path: place.path,
    line: place.line,
    short: shortName(place.path),
    url: base && sha ? permalink(`${base}/blob/${encodeURIComponent(sha)}/`, place) : null,
  });
  const running = new Map(review.deploys.map((deploy) => [deploy.app.root, deploy.running]));
  return {
    head: at(review.head),
    target: at(review.target),
    evidence: ({ side, at: place }, app) => {
      if (side === 'head') return at(review.head)(place);
      return at(side === 'target' ? review.target : (running.get(app) ?? null))(place);
    },
    commit: (sha) => (base && sha ? `${base}/commit/${encodeURIComponent(sha)}` : null),
    linked: base !== null,
  };
}

function permalink(base: string, { path, line }: { readonly path: string; readonly line: number }): string | null {
  const url = `${base}${encodePath(path)}#L${line}`;
  return url.length <= maxUrl ? url : null;
}

/** A path as part of an address; also what Markdown would read as the end of a link is encoded. */
export function encodePath(path: string): string {
  const encode = (part: string) =>
    encodeURIComponent(part.replaceAll(/\p{Cs}/gu, '�')).replaceAll(
      /[!'()*]/g,
      (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  return path.split('/').map(encode).join('/');
}

/** `20230918161340_add_moderator_to_comments.rb` becomes `…_add_moderator_to_comments.rb`: the digits tell people nothing. */
export function shortName(path: string): string {
  const name = clean(path.slice(path.lastIndexOf('/') + 1)).replace(/^\d{8,}(?=_)/, '…');
  return clipMiddle(name, 44);
}
