import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';

import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';

import { type Selection, scanArchive } from '../../src/github/scan.ts';

type Entry = string | Buffer | { readonly type: 'symlink' | 'link' | 'character-device'; readonly linkname: string };

async function archiveOf(entries: Readonly<Record<string, Entry>>): Promise<Buffer> {
  return gzipSync(await tarOf(entries));
}

async function tarOf(entries: Readonly<Record<string, Entry>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, entry] of Object.entries(entries)) {
    if (typeof entry === 'string' || Buffer.isBuffer(entry)) archive.entry({ name }, Buffer.from(entry));
    else archive.entry({ name, ...entry });
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The two blocks of zeros that end every archive. */
const endBytes = 1024;

const selection: Selection = {
  wants: (path) => (path.startsWith('db/') ? 'whole' : path.endsWith('.rb') ? 'if-named' : 'no'),
  whole: [],
  names: ['moderated_at', 'Comment'],
  furtherNames: null,
};

/** In pieces of a few bytes, as a slow network would bring it. */
async function scan(entries: Readonly<Record<string, Entry>>, more: Partial<Selection> = {}, limits?: object) {
  const bytes = await archiveOf(entries);
  const pieces = Array.from({ length: Math.ceil(bytes.length / 97) }, (_, index) =>
    bytes.subarray(index * 97, index * 97 + 97),
  );
  const usual = { inflated: 1e9, kept: 1e9, waiting: 1e9, ...limits };
  return scanArchive(Readable.from(pieces), { ...selection, ...more }, usual);
}

describe('an archive as it streams in', () => {
  it('shows every path, and the texts that are wanted', async () => {
    const { tree, unread } = await scan({
      'top/zebra.txt': 'moderated_at',
      'top/db/schema.rb': 'create_table',
      'top/app/models/comment.rb': 'class Comment',
      'top/app/models/user.rb': 'class User',
      'top/empty.rb': '',
    });
    expect(tree.paths).toEqual([
      'app/models/comment.rb',
      'app/models/user.rb',
      'db/schema.rb',
      'empty.rb',
      'zebra.txt',
    ]);
    expect(tree.files).toEqual([
      { path: 'app/models/comment.rb', text: 'class Comment' },
      { path: 'db/schema.rb', text: 'create_table' },
    ]);
    expect(unread).toEqual([]);
  });

  it('finds names as words only', async () => {
    const { tree } = await scan({
      'top/a.rb': 'Comments',
      'top/b.rb': 'unmoderated_at',
      'top/c.rb': ':moderated_at',
      'top/d.rb': 'é.moderated_at?',
      'top/e.rb': 'moderated_at_all',
    });
    expect(tree.files.map(({ path }) => path)).toEqual(['c.rb', 'd.rb']);
  });

  it('finds names of any characters, and among very many', async () => {
    const names = [...Array.from({ length: 1_200 }, (_, index) => `name_${index}`), 'größe', 'a.b', ''];
    const files = { 'top/a.rb': 'x größe y', 'top/b.rb': 'name_1199', 'top/c.rb': 'axb = 1', 'top/d.rb': 'name_1200' };
    const { tree } = await scan(files, { names });
    expect(tree.files.map(({ path }) => path)).toEqual(['a.rb', 'b.rb']);
  });

  it('reads nothing of files wanted if named when there are no names', async () => {
    const { tree } = await scan({ 'top/a.rb': 'Comment', 'top/db/b.rb': 'x' }, { names: [] });
    expect(tree.files.map(({ path }) => path)).toEqual(['db/b.rb']);
  });

  it('says of wanted files that cannot be read why, of code where a name occurs, and passes over others', async () => {
    const { tree, unread } = await scan({
      'top/db/binary.rb': Buffer.from([0, 1]),
      'top/db/latin.rb': Buffer.from('Comment caf\xe9', 'latin1'),
      'top/app/latin.rb': Buffer.from('Comment caf\xe9', 'latin1'),
      'top/app/other.rb': Buffer.from('User caf\xe9', 'latin1'),
      'top/db/long.rb': 'x'.repeat(1024 * 1024 + 1),
      'top/app/long.rb': `Comment${'x'.repeat(1024 * 1024)}`,
      'top/db/mark.rb': '\uFEFFtext',
    });
    expect(unread).toEqual([
      { path: 'app/latin.rb', line: 1, reason: 'it is not valid UTF-8' },
      { path: 'app/long.rb', line: 1, reason: 'it is longer than 1 MB' },
      { path: 'db/binary.rb', line: 1, reason: 'it is binary' },
      { path: 'db/latin.rb', line: 1, reason: 'it is not valid UTF-8' },
      { path: 'db/long.rb', line: 1, reason: 'it is longer than 1 MB' },
    ]);
    expect(tree.files).toEqual([{ path: 'db/mark.rb', text: 'text' }]);
  });

  it('says of a definition that is a link that it was not followed, as a local repository does', async () => {
    const { tree, unread } = await scan({
      'top/db/link.rb': { type: 'symlink', linkname: '/etc/passwd' },
      'top/app/link.rb': { type: 'symlink', linkname: 'a.rb' },
      'top/db/a.rb': 'x',
    });
    expect(tree).toEqual({ paths: ['app/link.rb', 'db/a.rb', 'db/link.rb'], files: [{ path: 'db/a.rb', text: 'x' }] });
    expect(unread).toEqual([{ path: 'db/link.rb', line: 1, reason: 'it is a symbolic link' }]);
  });

  it('ignores what Git would not put there, and paths that leave the archive', async () => {
    const { tree, unread } = await scan({
      'top/db/hard.rb': { type: 'link', linkname: 'top/db/a.rb' },
      'top/db/device.rb': { type: 'character-device', linkname: '' },
      'top/../db/up.rb': 'x',
      'top/db/../../up.rb': 'x',
      '/db/absolute.rb': 'x',
      'top//db/empty.rb': 'x',
      'top/db/a.rb': 'x',
    });
    expect(tree.paths).toEqual(['db/a.rb']);
    expect(unread).toEqual([]);
  });

  it('takes names as they are: long, with line breaks, not UTF-8', async () => {
    const long = `top/db/${'d/'.repeat(1_000)}${'x'.repeat(5_000)}.rb`;
    const bytes = await tarOf({ [long]: 'long', 'top/db/a\nb.rb': 'broken', 'top/db/~.rb': 'latin' });
    const latin = Buffer.from(bytes.toString('latin1').replace('top/db/~.rb', 'top/db/\xe9.rb'), 'latin1');
    const at = latin.indexOf('top/db/\xe9.rb', 0, 'latin1');
    // The header's checksum, which changed with its name.
    latin.write('        ', at + 148, 'latin1');
    const sum = latin.subarray(at, at + 512).reduce((all, byte) => all + byte, 0);
    latin.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148, 'latin1');
    const { tree } = await scanArchive(Readable.from([gzipSync(latin)]), selection);
    expect(tree.files.map(({ text }) => text).sort()).toEqual(['broken', 'latin', 'long']);
    expect(tree.paths).toContain(long.slice(4));
  });

  it('stops at an archive that inflates without end, or holds too much text', async () => {
    const bomb = { 'top/x.txt': Buffer.alloc(3_000_000) };
    await expect(scan(bomb, {}, { inflated: 1024 ** 2 })).rejects.toThrow('larger than 1 MB when unpacked');
    const texts = Object.fromEntries(
      Array.from({ length: 5 }, (_, index) => [`top/db/${index}.rb`, 'x'.repeat(900_000)]),
    );
    await expect(scan(texts, {}, { kept: 2 * 1024 ** 2 })).rejects.toThrow('more than 2 MB of text');
  });

  it('counts names too: a tree may be made of nothing else', async () => {
    const names = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`top/${index}${'x'.repeat(20_000)}`, '']),
    );
    await expect(scan(names, {}, { kept: 1024 ** 2 })).rejects.toThrow('more than 1 MB of text');
  });

  it('asks the definitions once, when all have come, and searches the files before them for what they say', async () => {
    const asked: string[][] = [];
    const furtherNames: Selection['furtherNames'] = async (files) => {
      asked.push(files.map(({ path }) => path));
      return ['Person'];
    };
    const files = {
      'top/app/people.rb': 'Person.count',
      'top/app/personal.rb': 'Personal.count',
      'top/db/person.rb': 'class Person',
      'top/lib/people.rb': 'Person.first',
    };
    const { tree, unread } = await scan(files, { furtherNames });
    expect(asked).toEqual([['db/person.rb']]);
    expect(tree.files.map(({ path }) => path)).toEqual(['app/people.rb', 'db/person.rb', 'lib/people.rb']);
    expect(unread).toEqual([]);
  });

  it('says which code it could not let wait', async () => {
    const files = { 'top/app/a.rb': 'Person'.padEnd(600), 'top/app/b.rb': 'Person'.padEnd(600), 'top/db/c.rb': 'x' };
    const { tree, unread } = await scan(files, { furtherNames: async () => ['Person'] }, { waiting: 1000 });
    expect(tree.files.map(({ path }) => path)).toEqual(['app/a.rb', 'db/c.rb']);
    expect(unread).toEqual([{ path: 'app/b.rb', line: 1, reason: expect.stringContaining('only for the names') }]);
  });

  it('fails where the archive breaks off, or is none', async () => {
    const bytes = await archiveOf({ 'top/db/a.rb': 'x'.repeat(10_000) });
    await expect(scanArchive(Readable.from([bytes.subarray(0, 60)]), selection)).rejects.toThrow();
    await expect(scanArchive(Readable.from([Buffer.from('no archive')]), selection)).rejects.toThrow();
    await expect(scanArchive(Readable.from([]), selection)).rejects.toThrow();
  });

  it('fails where what was packed broke off: half a tree must not pass for a whole one', async () => {
    const bytes = await tarOf({ 'top/db/a.rb': 'x'.repeat(512), 'top/db/b.rb': 'y' });
    const lengths = [0, 512, 700, 1024, bytes.length - endBytes, bytes.length - endBytes / 2];
    for (const length of lengths) {
      const broken = scanArchive(Readable.from([gzipSync(bytes.subarray(0, length))]), selection);
      await expect(broken, `${length} bytes`).rejects.toThrow();
    }
    await expect(scanArchive(Readable.from([gzipSync(Buffer.alloc(endBytes))]), selection)).rejects.toThrow('empty');
  });

  it('does not wait for what a header promises and nobody sends', async () => {
    const bytes = await tarOf({ 'top/db/a.rb': 'x' });
    bytes.write('17777777777\0', 124, 'latin1');
    bytes.write('        ', 148, 'latin1');
    const sum = bytes.subarray(0, 512).reduce((all, byte) => all + byte, 0);
    bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    await expect(scanArchive(Readable.from([gzipSync(bytes)]), selection)).rejects.toThrow();
  });

  it('grows with the number of files and no faster', async () => {
    const timed = async (count: number) => {
      const files = Object.fromEntries(Array.from({ length: count }, (_, index) => [`top/app/${index}.rb`, 'nothing']));
      const bytes = await archiveOf(files);
      const start = performance.now();
      expect((await scanArchive(Readable.from([bytes]), selection)).tree.paths).toHaveLength(count);
      return performance.now() - start;
    };
    await timed(1_000);
    const few = await timed(5_000);
    expect(await timed(40_000)).toBeLessThan(8 * few * 3 + 500);
  });
});
