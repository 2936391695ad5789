from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "thidua.outbox"
    verbose_name = "Thư và thông báo"
