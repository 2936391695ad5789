"""Addresses at which something goes wrong."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.urls import include, path

from thidua.config.urls import handler400, handler403, handler404, handler500
from thidua.config.urls import urlpatterns as all_addresses

FAULTS = {400: SuspiciousOperation, 403: PermissionDenied, 404: Http404, 500: RuntimeError}


def fail(request, status):
    raise FAULTS[status]


faults = ([path("<int:status>/", fail, name="fail")], "faults")
urlpatterns = [path("loi/", include(faults)), *all_addresses]
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
