module FeaturesHelper
  def feature?(name)
    Rails.configuration.x.features.fetch(name, false)
  end
end
