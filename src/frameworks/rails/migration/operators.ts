import { equal, truth } from './known.ts';
import { boolean, list, number, text, unknown, type Value } from './value.ts';

/** An operator on two values: `+`, `==`, `<<` … */
export function binary(left: Value, operator: string, right: Value): Value {
  switch (operator) {
    case '+':
    case '<<':
    case 'concat':
    case 'push':
    case 'append':
    case '|':
      return plus(left, operator, right);
    case '-':
      return minus(left, right);
    case '*':
    case '**':
    case '/':
    case '%':
      return arithmetic(left, operator, right);
    case '==':
      return known(equal(left, right));
    case '===':
      return left.kind === 'pattern' ? matches(right, operator, left) : known(equal(left, right));
    case '!=':
      return negate(known(equal(left, right)));
    case '=~':
    case 'match?':
    case 'match':
    case 'include?':
    case 'start_with?':
    case 'end_with?':
      return matches(left, operator, right);
    case 'in?':
      return includes(right, left);
    default:
      return unknown;
  }
}

export function known(answer: boolean | null): Value {
  return answer === null ? unknown : boolean(answer);
}

export function negate(value: Value): Value {
  const answer = truth(value);
  return answer === null ? unknown : boolean(!answer);
}

/** Whole numbers that a number holds exactly: what sizes and limits are made of. */
function arithmetic(left: Value, operator: string, right: Value): Value {
  if (left.kind !== 'number' || right.kind !== 'number') return unknown;
  const result = compute(left.value, operator, right.value);
  return Number.isSafeInteger(result) ? number(result) : unknown;
}

function compute(left: number, operator: string, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '**':
      return left ** right;
    case '/':
      return Math.floor(left / right);
    default:
      return left - right * Math.floor(left / right);
  }
}

function plus(left: Value, operator: string, right: Value): Value {
  if (left.kind === 'number' && operator === '+') return arithmetic(left, operator, right);
  if (left.kind === 'list') {
    const more = operator === '+' || operator === '|' || operator === 'concat';
    if (!more) return list([...left.items, right]);
    return right.kind === 'list' ? list([...left.items, ...right.items]) : unknown;
  }
  if (!isWritten(left) || !isWritten(right)) return isWritten(left) ? withHole(left, right) : unknown;
  const whole = left.text + right.text;
  return left.kind === 'text' && right.kind === 'text' ? text(whole) : template(whole);
}

function isWritten(value: Value): value is Extract<Value, { readonly kind: 'text' | 'template' }> {
  return value.kind === 'text' || value.kind === 'template';
}

function withHole(left: { readonly text: string }, right: Value): Value {
  return right.kind === 'unknown' ? template(`${left.text}\uFFFC`) : unknown;
}

function template(whole: string): Value {
  return text(whole) === unknown ? unknown : { kind: 'template', text: whole };
}

function minus(left: Value, right: Value): Value {
  if (left.kind === 'number') return arithmetic(left, '-', right);
  if (left.kind !== 'list' || right.kind !== 'list') return unknown;
  const taken = new Set(right.items.map(keyOf));
  if (taken.has(null) || left.items.some((item) => keyOf(item) === null)) return unknown;
  return list(left.items.filter((item) => !taken.has(keyOf(item))));
}

/** One text for equal values. Null where a value has none. */
export function keyOf(value: Value): string | null {
  if (value.kind === 'text') return `${value.symbol ? ':' : '"'}${value.text}`;
  return value.kind === 'number' ? value.text : null;
}

/** Patterns of the pull request never run: only those that are a plain word are looked for. */
function matches(left: Value, operator: string, right: Value): Value {
  if (left.kind === 'pattern') return matches(right, operator, left);
  if (left.kind !== 'text') return unknown;
  if (right.kind === 'pattern') {
    const { words, ignoreCase } = right;
    const fold = (each: string) => (ignoreCase ? each.toLowerCase() : each);
    return boolean(words.some((word) => fold(left.text).includes(fold(word))));
  }
  if (right.kind !== 'text') return unknown;
  if (operator === 'start_with?') return boolean(left.text.startsWith(right.text));
  if (operator === 'end_with?') return boolean(left.text.endsWith(right.text));
  return operator === 'include?' ? boolean(left.text.includes(right.text)) : unknown;
}

export function includes(value: Value, wanted: Value | undefined): Value {
  if (value.kind !== 'list' || !wanted) return unknown;
  const answers = value.items.map((item) => equal(item, wanted));
  return answers.includes(true) ? boolean(true) : known(answers.includes(null) ? null : false);
}
