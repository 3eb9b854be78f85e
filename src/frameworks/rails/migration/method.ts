import type { Machine } from './machine.ts';
import type { Call, Value } from './value.ts';

export type Method = (value: Value, call: Call, machine: Machine) => Value;

export const none: ReadonlyMap<string, Method> = new Map();

export const same: Method = (value) => value;
