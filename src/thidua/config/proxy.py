"""Behind a proxy that we trust, every connection comes from the proxy."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class ProxyAddress:
    """Takes the address of the browser from the last entry that our own proxy has written.

    Earlier entries of `X-Forwarded-For` are what the browser claims.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request as if the browser had come by itself."""
        claimed = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if claimed:
            request.META["REMOTE_ADDR"] = claimed
        return self.get_response(request)
