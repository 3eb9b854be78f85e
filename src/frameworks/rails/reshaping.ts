import { differenceOf } from '../../changes.ts';
import type { ChangedFile } from '../../reading.ts';
import { isCode } from './wants.ts';

/** Declarations that give lines elsewhere another meaning when they come. */
const bringing = /^\s*(?:include|prepend|self\.table_name\s*=)/;

/** Those that do when they go, or change: until now they stood between a caller and the column. */
const shielding =
  /^\s*(?:(?:private |protected )?def |class |include|prepend|attr_|attribute\b|alias|delegate\b|enum\b|belongs_to\b|has_|self\.table_name\s*=)/;

/**
 * Whether the pull request changes what lines that it leaves alone reach: a concern that is newly included, a method that
 * no longer hides an attribute, an association with another key.
 */
export function reshapes(changed: readonly ChangedFile[]): boolean {
  return changed.some(({ path, base, head }) => {
    if (!path.endsWith('.rb') || !isCode(path) || base === null) return false;
    const parts = differenceOf(base, head ?? '');
    if (!parts) return true;
    return parts.some(
      ({ added, removed, value }) =>
        (added && value.some((line) => bringing.test(line))) || (removed && value.some((line) => shielding.test(line))),
    );
  });
}

/** The modules that changed files include: a definition that nobody read for any other name. */
export function includedNames(changed: readonly ChangedFile[]): readonly string[] {
  return changed
    .filter(({ path, head }) => head !== null && path.endsWith('.rb') && isCode(path))
    .flatMap(({ head }) => (head ?? '').match(/^[ \t]*(?:include|prepend)[ (]+[\w:, ]+/gm) ?? [])
    .flatMap((line) => line.split(/[ ,(]/))
    .map((constant) => constant.slice(constant.lastIndexOf(':') + 1))
    .filter((name) => /^[A-Z]/.test(name));
}
