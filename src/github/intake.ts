import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** A delivery whose signature is not yet looked at. */
export interface SignedDelivery {
  readonly id: string;
  readonly name: string;
  readonly signature: string;
  readonly body: string;
}

/** What is behind the door. */
export interface Inside {
  readonly verify: (delivery: SignedDelivery) => Promise<boolean>;
  /** Takes a verified delivery. Rejects when it could not be stored. */
  readonly receive: (delivery: { id: string; name: string; payload: object }) => Promise<void>;
  /** False: GitHub is to keep the delivery as failed, since nothing more can be stored. */
  readonly accepts: () => boolean;
  /** Told of a delivery that was not taken, never with its content. */
  readonly refused: (id: string, status: number) => void;
}

/** GitHub's own limit for a payload: https://docs.github.com/webhooks/webhook-events-and-payloads#payload-cap */
const maxBodyBytes = 25 * 1024 * 1024;

/** Of all bodies together that are being read: nobody has to sign before a body is held. */
const maxHeldBytes = 128 * 1024 * 1024;

/** `/` too: Probot's set-up registers that address with GitHub. */
const webhookPaths: ReadonlySet<string> = new Set(['/api/github/webhooks', '/']);

/** Milliseconds in which a request must have arrived whole. */
const requestLimit = 30_000;

/**
 * The server that GitHub delivers to. Not Probot's own, which reads bodies of any length before it looks at their
 * signature, and logs signatures and whole payloads.
 */
export function intake(inside: Inside): Server {
  const options = { requestTimeout: requestLimit, headersTimeout: requestLimit, keepAliveTimeout: 60_000 };
  const room: Room = { left: maxHeldBytes };
  return createServer(options, (request, response) => {
    const hold: Hold = { room, bytes: 0 };
    answerTo(request, inside, hold)
      .catch(() => 500)
      .finally(() => {
        room.left += hold.bytes;
      })
      .then((status) => {
        if (status >= 400) inside.refused(headerOf(request, 'x-github-delivery'), status);
        finish(request, response, status);
      });
  });
}

interface Room {
  left: number;
}

/** What one request takes of the room, until it is answered. */
interface Hold {
  readonly room: Room;
  bytes: number;
}

async function answerTo(request: IncomingMessage, inside: Inside, hold: Hold): Promise<number> {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  if (request.method === 'GET' && path === '/ping') return 200;
  if (request.method !== 'POST' || !webhookPaths.has(path)) return 404;
  if (!/^\s*application\/json\s*(;|$)/.test(request.headers['content-type'] ?? '')) return 415;
  if (!inside.accepts()) return 503;

  const [id, name] = [headerOf(request, 'x-github-delivery'), headerOf(request, 'x-github-event')];
  const signature = headerOf(request, 'x-hub-signature-256');
  if (id === '' || name === '' || signature === '') return 400;
  const body = await bodyOf(request, hold);
  if (typeof body === 'number') return body;
  if (body === '' || !(await inside.verify({ id, name, signature, body }))) return 400;
  const payload = objectIn(body);
  if (payload === null) return 400;
  await inside.receive({ id, name, payload });
  return 200;
}

/** A status as soon as it is longer than it may be, whatever its header promises, or there is no room for it. */
function bodyOf(request: IncomingMessage, hold: Hold): Promise<string | 413 | 503> {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return Promise.resolve(413);
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => {
      const status = take(hold, piece.length);
      if (status === 200) pieces.push(piece);
      else {
        request.pause();
        resolve(status);
      }
    });
    request.on('end', () => resolve(Buffer.concat(pieces).toString('utf8')));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the connection ended')));
  });
}

function take(hold: Hold, bytes: number): 200 | 413 | 503 {
  if (hold.bytes + bytes > maxBodyBytes) return 413;
  if (bytes > hold.room.left) return 503;
  hold.room.left -= bytes;
  hold.bytes += bytes;
  return 200;
}

function objectIn(body: string): object | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}

function headerOf(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' && /^[\x21-\x7e]{1,200}$/.test(value) ? value : '';
}

/** Milliseconds in which who still sends may read the answer: a connection that is cut at once takes it along. */
const lingering = 1_000;

/** What was not read of a body is thrown away for a moment; then the connection ends. */
function finish(request: IncomingMessage, response: ServerResponse, status: number): void {
  const text = status === 200 ? (request.method === 'GET' ? 'PONG' : 'ok\n') : '';
  const headers = { 'content-type': 'text/plain', 'content-length': text.length };
  if (request.complete) {
    response.writeHead(status, headers).end(text);
    return;
  }
  response.writeHead(status, { ...headers, connection: 'close' }).write(text);
  response.flushHeaders();
  request.removeAllListeners('data').resume();
  const timer = setTimeout(() => request.destroy(), lingering).unref();
  request.once('close', () => clearTimeout(timer));
  request.once('end', () => response.end());
}
