import { describe, expect, it } from 'vitest';

import { isCode, isForeign, wants } from '../../../src/frameworks/rails/wants.ts';

describe('a file of a Rails app', () => {
  it.each([
    'app/controllers/public/pages_controller.rb',
    'app/models/coverage/report.rb',
    'app/views/docs/index.html.erb',
    'app/services/vendor/invoice.rb',
    'app/features/billing/charge.rb',
    'engines/shop/app/services/test/runner.rb',
    'lib/log/rotate.rb',
    'lib/tasks/tmp/sweep.rake',
    'lib/generators/report_generator.rb',
  ])('is code in any folder of app/ and lib/: %s', (path) => {
    expect(isCode(path)).toBe(true);
    expect(wants(path)).not.toBe('no');
  });

  it.each([
    'spec/models/user_spec.rb',
    'test/models/user_test.rb',
    'app/test/models/user_test.rb',
    'app/spec/models/user_spec.rb',
    'spec/dummy/app/models/user.rb',
    'test/dummy/app/models/user.rb',
    'vendor/gems/paint/lib/paint.rb',
    'vendor/gems/paint/app/models/paint.rb',
    'features/steps/user_steps.rb',
    'public/index.html.erb',
    'docs/example.rb',
    'node_modules/gem/lib/gem.rb',
    'lib/templates/active_record/model/model.rb',
    'lib/generators/shop/install/templates/config/shop.rb',
    'engines/shop/lib/generators/shop/templates/index.html.erb',
    'db/seeds/users.rb',
  ])('is none elsewhere, and not as a template: %s', (path) => {
    expect(isCode(path)).toBe(false);
    expect(wants(path)).toBe('no');
  });

  it('is a program without an ending where its first line says Ruby', () => {
    const path = 'script/mail_new_activity';
    expect(isCode(path)).toBe(true);
    expect(wants(path)).toBe('if-named');
    expect(isForeign({ path, text: '#!/usr/bin/env ruby\nputs 1\n' })).toBe(false);
    expect(isForeign({ path, text: '#!/bin/sh\nruby x.rb\n' })).toBe(true);
    expect(isForeign({ path: 'script/mail.rb', text: 'puts 1\n' })).toBe(false);
  });

  it('is no evidence where it is a dump, though it holds the SQL of views', () => {
    expect(isCode('db/schema.rb')).toBe(false);
    expect(wants('db/schema.rb')).toBe('whole');
  });
});
