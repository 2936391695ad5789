from django.urls import path

from thidua.console.guide.views import guide, guide_index

urlpatterns = [
    path("", guide_index, name="guide-index"),
    path("<slug:slug>/", guide, name="guide"),
]
