import type { SourceFile, Want } from '../../reading.ts';
import { dumpPlace, migrationPlace } from './places.ts';

/** Files that are never evidence and never read: they run in no server, or say nothing about what runs. */
const never = /(?:^|\/)(?:spec|specs|tests|factories|fixtures|node_modules|old_migrations)\//;
/** These folders are so only beside an app's code: in it, `app/controllers/public/` is a namespace like any other. */
const neverBeside = /(?:^|\/)(?:test|vendor|public|docs?|locales|tmp|log|coverage|features)\//;
const codeFolder = /(?:^|\/)(?:lib|app\/(?!(?:test|vendor|public|docs?|locales|tmp|log|coverage)\/)[^/]+)\//;
/** What generators copy is a template of Ruby with ERB in it, whatever its name. */
const templates = /(?:^|\/)lib\/(?:templates|generators\/(?:.+\/)?templates)\//;
const seeds = /(?:^|\/)db\/(?:seeds?|fixtures)(?:\/|[._])/;
const browser = /(?:^|\/)app\/(?:assets|javascript|frontend)\//;

const definition =
  /(?:^|\/)(?:app\/(?:.+\/)?models\/.+\.rb|config\/application\.rb|lib\/(?:.+\/)?engine\.rb|config\/initializers\/(?:inflections|new_framework_defaults\w*)\.rb)$/;
const projectFile =
  /(?:^|\/)(?:config\/(?:[\w-]+\.)?database\.ya?ml(?:[.-]\w+)*|Gemfile(?:\.lock)?|(?:docker-)?compose[\w.-]*\.ya?ml)$/;
const code = /\.(?:rb|rake|erb|haml|slim|jbuilder|jb|rabl|axlsx|prawn|builder|ruby|arb)$/;

/** Programs without an ending: their first line tells whether they are Ruby. */
const script = /(?:^|\/)(?:bin|scripts?)\/[\w-]+$/;

/** How Rails wants a file, by its path alone. */
export function wants(path: string): Want {
  if (isIdle(path)) return 'no';
  if (migrationPlace(path) || dumpPlace(path) || definition.test(path) || projectFile.test(path)) return 'whole';
  return isCode(path) ? 'if-named' : 'no';
}

/** Whether the file is application code that can use the database. */
export function isCode(path: string): boolean {
  return (code.test(path) || script.test(path)) && !isIdle(path) && !migrationPlace(path) && !dumpPlace(path);
}

/** Whether the file is a program in another language: by its path it may be Ruby, by its first line it is not. */
export function isForeign({ path, text }: SourceFile): boolean {
  return script.test(path) && !/^#!.*\bruby\b/.test(text);
}

function isIdle(path: string): boolean {
  if (never.test(path) || seeds.test(path) || browser.test(path) || templates.test(path)) return true;
  const beside = neverBeside.exec(path);
  return beside !== null && !((codeFolder.exec(path)?.index ?? path.length) < beside.index);
}
