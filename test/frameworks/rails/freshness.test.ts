import { describe, expect, it } from 'vitest';

import { unreachedFiles } from '../../../src/frameworks/rails/freshness.ts';
import type { ChangedFile } from '../../../src/reading.ts';

function added(path: string, head = 'one line\n'): ChangedFile {
  return { path, previousPath: path, status: 'added', base: null, head };
}

function modified(path: string, base: string, head: string): ChangedFile {
  return { path, previousPath: path, status: 'modified', base, head };
}

const there = [
  'app/controllers/comments_controller.rb',
  'app/mailers/user_mailer.rb',
  'app/models/comment.rb',
  'app/components/badge_component.rb',
];

const unreached = (...changed: ChangedFile[]) => [...unreachedFiles(changed, there)];

describe('files that only new files reach', () => {
  it.each([
    'app/controllers/locks_controller.rb',
    'app/views/locks/index.html.erb',
    'app/views/comments/_lock.html.erb',
    'app/models/comment_lock.rb',
    'app/serializers/lock_serializer.rb',
    'config/routes/locks.rb',
  ])('%s is a feature that nobody has yet', (path) => {
    expect(unreached(added(path))).toEqual([path]);
  });

  it.each([
    'config/initializers/locks.rb',
    'config/environments/production.rb',
    'lib/tasks/locks.rake',
    'app/views/comments/index.html.erb',
    'app/views/user_mailer/welcome.text.erb',
    'app/views/layouts/comments.html.haml',
    'app/components/badge_component.html.erb',
    'app/serializers/comment_serializer.rb',
    'app/policies/comment_policy.rb',
    'app/decorators/models/comment_decorator.rb',
  ])('%s is found by Rails', (path) => {
    expect(unreached(added(path))).toEqual([]);
  });

  it('a changed line of an old file reaches what it names, and that what it names', () => {
    const model = modified(
      'app/models/comment.rb',
      'class Comment\nend\n',
      'class Comment\n  include OAuthLocks\nend\n',
    );
    const concern = added(
      'app/models/concerns/oauth_locks.rb',
      'module OAuthLocks\n  def lock = CommentLock.new\nend\n',
    );
    const lock = added('app/models/comment_lock.rb');
    expect(unreached(model, concern, lock, added('app/models/other.rb'))).toEqual(['app/models/other.rb']);
  });

  it('a route reaches nothing, an initializer all that it names', () => {
    const routes = modified('config/routes.rb', '', 'resources :locks, controller: LocksController\n');
    const controller = added('app/controllers/locks_controller.rb');
    expect(unreached(routes, controller)).toEqual([controller.path]);
    expect(unreached(routes, controller, added('config/initializers/x.rb', 'LocksController.x\n'))).toEqual([]);
  });
});
