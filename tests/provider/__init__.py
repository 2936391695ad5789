"""A real OpenID Connect provider for tests, in a process of its own (`serve.py`)."""

import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import requests

CALLBACK = "/tai-khoan/mot-cua/sso/ve/"


def start_provider(folder, host="http://testserver", issuer=""):
    """The provider, answering, with the address of our host to send people back to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    script = Path(__file__).with_name("serve.py")
    secret = secrets.token_urlsafe(24)
    process = subprocess.Popen(
        [sys.executable, script, folder, str(port), f"{host}{CALLBACK}", "thidua", secret]
        + ([issuer.format(port=port)] if issuer else []),
        stderr=subprocess.DEVNULL,
    )
    server = f"http://127.0.0.1:{port}/o"
    for _ in range(300):
        try:
            requests.get(f"{server}/.well-known/openid-configuration", timeout=5)
            break
        except requests.ConnectionError:
            assert process.poll() is None, "the provider did not start"
            time.sleep(0.1)
    return SimpleNamespace(process=process, server=server, port=port, secret=secret)


def configure(settings, provider, **changed):
    """Make our application a client of the provider."""
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": "Cổng của Bộ",
                    "client_id": "thidua",
                    "secret": provider.secret,
                    "settings": {"server_url": provider.server},
                    **changed,
                }
            ]
        }
    }
