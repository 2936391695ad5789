from django.urls import path

from thidua.console.home.views import home

urlpatterns = [path("", home, name="home")]
