class PlantsController < ApplicationController
  def index
    @plants = Plant.order(:nickname)
  end

  def water
    plant = Plant.find(params[:id])
    plant.waterings.create!(litres: params[:litres])
    redirect_to plant
  end
end
