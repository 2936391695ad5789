from django.apps import AppConfig


class StatutesConfig(AppConfig):
    name = "thidua.statutes"
    verbose_name = "Luật"
