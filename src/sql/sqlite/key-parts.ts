import { accept, atEnd, type Cursor, groupAt, nameAt, piecesOf, textFrom } from '../mysql/cursor.ts';

/** `(a, b COLLATE NOCASE DESC, lower(c))`: columns, and expressions as their text. Null where no parentheses stand here. */
export function keyPartsAt(cursor: Cursor): readonly string[] | null {
  const group = groupAt(cursor);
  return group ? piecesOf(group).map(keyPart) : null;
}

function keyPart(piece: Cursor): string {
  const from = piece.position;
  const name = nameAt(piece);
  if (name !== null && skipOrder(piece)) return name;
  const expression = { ...piece, position: from };
  while (!atEnd(expression) && !skipOrder({ ...expression })) expression.position++;
  return textFrom(expression, from);
}

/** Moves past `COLLATE name ASC`. True: nothing else is left. */
function skipOrder(piece: Cursor): boolean {
  if (accept(piece, 'COLLATE')) piece.position++;
  if (!accept(piece, 'ASC')) accept(piece, 'DESC');
  return atEnd(piece);
}
