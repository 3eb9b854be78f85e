Rails.application.routes.draw do
  resources :packages, only: [:index, :show] do
    resources :comments, only: [:create, :destroy] do
      resource :moderation, only: [:create, :destroy], controller: 'comments/moderations'
    end
  end
end
