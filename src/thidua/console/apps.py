from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "thidua.console"

    def ready(self) -> None:
        from thidua.console.login import trail  # noqa: PLC0415 - needs the tables

        trail.connect()
