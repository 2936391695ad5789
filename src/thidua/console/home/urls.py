from django.urls import path

from thidua.console.home.views import home, menu

urlpatterns = [path("", home, name="home"), path("chuc-nang/", menu, name="menu")]
