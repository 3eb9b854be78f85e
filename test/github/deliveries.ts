import { createHmac, randomUUID } from 'node:crypto';
import { request } from 'node:http';

/** A webhook that GitHub sent, or would have sent had somebody listened, and how it was answered. */
export interface Delivery {
  readonly guid: string;
  readonly event: string;
  readonly action: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly redelivery: boolean;
  /** Milliseconds until the answer; null while there is none. */
  ms: number | null;
  /** Null: nobody listens, or the connection failed. */
  status: number | null;
  error: string | null;
}

export interface Deliveries {
  readonly log: Delivery[];
  /** Where deliveries go; null: nowhere, they are only logged. */
  url: string | null;
  /** Sends a new delivery and waits for its answer, at most as long as GitHub does. */
  readonly send: (event: string, payload: Payload) => Promise<Delivery>;
  /** Sends one again under the same GUID, as GitHub's "redeliver" does. */
  readonly again: (guid: string) => Promise<Delivery>;
}

export type Payload = Readonly<Record<string, unknown>> & { readonly action: string };

/** GitHub's own limit for an answer. */
const answerLimitMs = 10_000;

export function createDeliveries(app: { readonly id: number; readonly webhookSecret: string }): Deliveries {
  const log: Delivery[] = [];
  const deliveries: Deliveries = {
    log,
    url: null,
    send: (event, payload) => post({ guid: randomUUID(), event, payload, redelivery: false }),
    again: (guid) => {
      const first = log.find((each) => each.guid === guid);
      if (!first) throw new Error(`There is no delivery ${guid}`);
      return post({ ...first, payload: first.payload as Payload, redelivery: true });
    },
  };

  async function post(what: Pick<Delivery, 'guid' | 'event' | 'redelivery'> & { payload: Payload }): Promise<Delivery> {
    const { guid, event, payload, redelivery } = what;
    const { action } = payload;
    const delivery: Delivery = { guid, event, action, payload, redelivery, ms: null, status: null, error: null };
    log.push(delivery);
    if (!deliveries.url) return delivery;

    const body = Buffer.from(JSON.stringify(payload));
    const start = performance.now();
    try {
      delivery.status = await send(deliveries.url, body, headers(app, delivery, body));
    } catch (error) {
      delivery.error = error instanceof Error ? error.message : String(error);
    }
    delivery.ms = performance.now() - start;
    return delivery;
  }
  return deliveries;
}

function headers(app: { id: number; webhookSecret: string }, { guid, event }: Delivery, body: Buffer) {
  const signature = (kind: string) => `${kind}=${createHmac(kind, app.webhookSecret).update(body).digest('hex')}`;
  return {
    accept: '*/*',
    'content-length': String(body.length),
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/0000000',
    'x-github-delivery': guid,
    'x-github-event': event,
    'x-github-hook-id': '1',
    'x-github-hook-installation-target-id': String(app.id),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature': signature('sha1'),
    'x-hub-signature-256': signature('sha256'),
  };
}

function send(url: string, body: Buffer, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', headers, agent: false, timeout: answerLimitMs }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
      answer.on('error', reject);
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer within 10 seconds')));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
