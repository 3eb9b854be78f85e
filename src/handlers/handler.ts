import type { Probot } from 'probot';

/** An event as a handler sees it: parsed leniently, since a field that nobody uses must not lose an event. */
export interface Delivery {
  /** GitHub's number of the delivery, for the log. */
  readonly id: string;
  readonly payload: unknown;
}

/** Every name that Probot knows. */
export type EventName = Extract<Parameters<Probot['on']>[0], string>;

/** One event of GitHub: what it asks for, in our words. It neither reads nor writes. */
export interface Handler<Job> {
  /** The event's name in the webhook's header and in `app.yml`. */
  readonly event: EventName;
  /** Null: nothing to do. */
  readonly jobOf: (delivery: Delivery) => Job | null;
}
