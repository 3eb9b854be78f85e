require_relative 'boot'
require 'rails/all'

Bundler.require(*Rails.groups)

module ParcelShelf
  class Application < Rails::Application
    config.load_defaults 7.0
    config.x.features = config_for(:features)
  end
end
