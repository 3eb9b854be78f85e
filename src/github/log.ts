/** What the log is told: fields and a sentence, never payloads or source text. Pino's loggers fit. */
export interface Log {
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
  readonly error: (fields: object, message: string) => void;
}
