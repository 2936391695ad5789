from django.apps import AppConfig
from django.core.checks import Tags, register


class WebConfig(AppConfig):
    name = "thidua.web"

    def ready(self) -> None:
        """Registers the checks."""
        from thidua.web.checks import check_order_of_text  # noqa: PLC0415 - connections need apps

        register(check_order_of_text, Tags.database)
