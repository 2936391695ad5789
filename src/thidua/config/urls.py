from django.urls import include, path

from thidua.config.health import health

urlpatterns = [
    path("health", health, name="health"),
    path("tai-khoan/", include("allauth.urls")),
    path("", include("thidua.console.urls")),
]
