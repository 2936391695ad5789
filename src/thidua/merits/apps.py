from django.apps import AppConfig


class MeritsConfig(AppConfig):
    name = "thidua.merits"
    verbose_name = "Dữ kiện thành tích"
