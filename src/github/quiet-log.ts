import { Probot } from 'probot';

type Logger = Probot['log'];

/** `debug` and below write what is sent to GitHub, and with it source text. */
const levels = ['info', 'warn', 'error', 'fatal'] as const;

/**
 * Probot's own logger, except that an error is logged without its fields: Probot hangs the whole payload on each. Its
 * logger cannot be made on its own, so it is taken from a Probot that does nothing else.
 */
export async function quietLog(environment: NodeJS.ProcessEnv): Promise<Logger> {
  const { LOG_LEVEL: wanted = 'info', LOG_FORMAT: format, NODE_ENV: mode } = environment;
  const logFormat = format === 'json' || (format !== 'pretty' && mode === 'production') ? 'json' : 'pretty';
  const logLevel = levels.find((level) => level === wanted) ?? 'info';
  const { log } = await new Probot({ githubToken: 'none', logFormat, logLevel }).ready();
  return log.child({}, { serializers: { err: bare } });
}

function bare(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
  return { type: error.name, message: error.message, stack: frames.join('\n') };
}
