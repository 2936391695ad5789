from django.urls import path

from thidua.console.look.views import drop_view, look, save_view

urlpatterns = [
    path("", look, name="look"),
    path("giu/", save_view, name="view-save"),
    path("bo/", drop_view, name="view-drop"),
]
