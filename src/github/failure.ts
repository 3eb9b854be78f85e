import { failureCheck, settingsCheck } from '../report/index.ts';
import type { CheckOutput } from '../report/presentation.ts';
import { type Settings, SettingsError } from '../settings.ts';
import { ReviewError } from '../worker/index.ts';
import { GitHubError } from './github-error.ts';

/** The check run that says why there is no review. What nobody foresaw is told without its words, which may be anything. */
export function checkOfFailure(error: unknown, onError: Settings['onError']): CheckOutput {
  if (error instanceof SettingsError) return settingsCheck(error);
  if (error instanceof GitHubError)
    return failureCheck({ sentence: error.sentence, requestId: error.requestId, onError });
  const sentence = error instanceof ReviewError ? error.message : 'something unforeseen, which its log has, went wrong';
  return failureCheck({ sentence, requestId: null, onError });
}

/** An error for the log: without its words where these may hold source text, with the places in our code it went through. */
export function traceOf(error: unknown): { readonly reason: string; readonly frames: readonly string[] } {
  if (error instanceof GitHubError) return { reason: error.message, frames: [] };
  if (error instanceof SettingsError) return { reason: `settings at ${error.path}:${error.line}`, frames: [] };
  if (!(error instanceof Error)) return { reason: typeof error, frames: [] };
  const inner = typeof error.cause === 'string' ? error.cause : '';
  const lines = `${inner}\n${error.stack ?? ''}`.split('\n');
  const frames = lines.filter((line) => /^ {4}at /.test(line)).map((line) => line.trim());
  return { reason: error instanceof ReviewError ? error.message : error.name, frames: frames.slice(0, 12) };
}
