from django.urls import path

from thidua.config.health import health

urlpatterns = [path("health", health, name="health")]
