class PlantsController < ApplicationController
  def index
    @plants = Plant.favourites + Plant.thirsty
  end
end
