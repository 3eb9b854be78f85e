Rails.application.routes.draw do
  resources :packages, only: [:index, :show] do
    resources :comments, only: [:create, :destroy]
  end
end
