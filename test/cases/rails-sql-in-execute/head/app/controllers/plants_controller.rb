class PlantsController < ApplicationController
  def index
    @plants = Plant.order(:name)
  end
end
