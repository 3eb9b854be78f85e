import { request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { type Inside, intake } from '../../src/github/intake.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const path = '/api/github/webhooks';
const headers = {
  'content-type': 'application/json',
  'x-github-delivery': 'guid',
  'x-github-event': 'pull_request',
  'x-hub-signature-256': 'sha256=good',
};

async function open(inside: Partial<Inside> = {}) {
  const received: unknown[] = [];
  const refused: unknown[] = [];
  server = intake({
    verify: async ({ signature }) => signature === 'sha256=good',
    receive: async (delivery) => void received.push(delivery),
    accepts: () => true,
    refused: (id, status) => void refused.push([id, status]),
    ...inside,
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const send = (body: string | Buffer, more: object = {}, to = path, method = 'POST') =>
    new Promise<number>((resolve, reject) => {
      const sent = request(
        { port, host: '127.0.0.1', path: to, method, headers: { ...headers, ...more } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        },
      );
      sent.on('error', reject);
      sent.end(method === 'GET' ? undefined : body);
    });
  return { send, received, refused, port };
}

function lines(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}

describe('the intake', () => {
  it('takes a signed delivery, at the path and at the one that set-up registers', async () => {
    const { send, received } = await open();
    expect(await send('{"action":"opened"}')).toBe(200);
    expect(await send('{"action":"closed"}', {}, '/')).toBe(200);
    expect(received).toEqual([
      { id: 'guid', name: 'pull_request', payload: { action: 'opened' } },
      { id: 'guid', name: 'pull_request', payload: { action: 'closed' } },
    ]);
  });

  it('refuses what is not signed, not JSON or not whole', async () => {
    const { send, received, refused } = await open();
    expect(await send('{}', { 'x-hub-signature-256': 'sha256=forged' })).toBe(400);
    expect(await send('{}', { 'x-hub-signature-256': '' })).toBe(400);
    expect(await send('{}', { 'x-github-event': '' })).toBe(400);
    expect(await send('')).toBe(400);
    expect(await send('{"action"')).toBe(400);
    expect(await send('7')).toBe(400);
    expect(await send('{}', { 'content-type': 'text/plain' })).toBe(415);
    expect(await send('{}', {}, '/elsewhere')).toBe(404);
    expect(await send('', {}, path, 'GET')).toBe(404);
    expect(received).toEqual([]);
    expect(refused).toHaveLength(9);
  });

  it('answers when asked whether it is there', async () => {
    const { send, refused } = await open();
    expect(await send('', {}, '/ping', 'GET')).toBe(200);
    expect(refused).toEqual([]);
  });

  it('does not look at bodies above 25 MB, whatever their header says', async () => {
    let looked = 0;
    const { send, port } = await open({ verify: async () => ++looked > 0 });
    expect(await send(Buffer.alloc(1), { 'content-length': 26 * 1024 * 1024 })).toBe(413);
    const status = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.write(`POST ${path} HTTP/1.1\r\n${lines({ host: 'x', ...headers, 'transfer-encoding': 'chunked' })}\r\n`);
      const chunk = Buffer.alloc(1024 * 1024, ' ');
      const more = () => {
        if (socket.writable) socket.write(Buffer.concat([Buffer.from('100000\r\n'), chunk, Buffer.from('\r\n')]), more);
      };
      more();
      socket.on('data', (answer) => resolve(answer.toString().split(' ', 2)[1] ?? ''));
      socket.on('error', () => reject(new Error('no answer')));
    });
    expect(status).toBe('413');
    expect(looked).toBe(0);
  });

  it('holds a bounded number of unsigned bytes, and is free again when they are gone', async () => {
    const { send, port } = await open();
    const start = `POST ${path} HTTP/1.1\r\n${lines({ host: 'x', ...headers, 'content-length': String(24 * 1024 ** 2) })}\r\n`;
    const sockets = Array.from({ length: 12 }, () => connect(port, '127.0.0.1'));
    const statuses: string[] = [];
    for (const socket of sockets) {
      socket.on('error', () => undefined);
      socket.on('data', (answer) => statuses.push(answer.toString().split(' ', 2)[1] ?? ''));
      socket.write(start);
      socket.write(Buffer.alloc(20 * 1024 ** 2, ' '));
    }
    await vi.waitFor(() => expect(statuses.length).toBeGreaterThanOrEqual(6), 10_000);
    expect(new Set(statuses)).toEqual(new Set(['503']));
    for (const socket of sockets) socket.destroy();
    await vi.waitFor(async () => expect(await send('{}')).toBe(200), 5_000);
  });

  it('takes no header twice: which of two signatures counts must not be anybody’s choice', async () => {
    const { port, received } = await open();
    const twice = `${lines({ host: 'x', ...headers, 'content-length': '2' })}x-hub-signature-256: sha256=forged\r\n`;
    const status = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.write(`POST ${path} HTTP/1.1\r\n${twice}\r\n{}`);
      socket.on('data', (answer) => resolve(answer.toString().split(' ', 2)[1] ?? ''));
    });
    expect(status).toBe('400');
    expect(received).toEqual([]);
  });

  it('lets GitHub keep what it cannot store', async () => {
    const full = await open({ accepts: () => false });
    expect(await full.send('{}')).toBe(503);
    expect(full.received).toEqual([]);
    server?.close();
    const broken = await open({ receive: () => Promise.reject(new Error('full')) });
    expect(await broken.send('{}')).toBe(500);
    expect(broken.refused).toEqual([['guid', 500]]);
  });
});
