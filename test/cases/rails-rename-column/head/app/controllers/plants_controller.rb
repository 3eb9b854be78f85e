class PlantsController < ApplicationController
  def index
    @plants = Plant.order(:pet_name)
  end
end
