from django.urls import include, path

from thidua.config.health import health
from thidua.console.audit.views import public_checkpoint

urlpatterns = [
    path("health", health, name="health"),
    path("minh-bach/checkpoint", public_checkpoint, name="checkpoint"),
    path("tai-khoan/", include("thidua.console.login.urls")),
    path("", include("thidua.console.urls")),
]

handler400 = "thidua.web.errors.bad_request"
handler403 = "thidua.web.errors.forbidden"
handler404 = "thidua.web.errors.not_found"
handler500 = "thidua.web.errors.broken"
