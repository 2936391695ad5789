"""Django's management commands: `python -m thidua.config migrate`."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.config.settings.dev")
    execute_from_command_line(["thidua.config", *sys.argv[1:]])


if __name__ == "__main__":
    main()
