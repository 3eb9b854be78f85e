class PlantsController < ApplicationController
  def index
    @plants = Plant.order(:nickname)
  end
end
