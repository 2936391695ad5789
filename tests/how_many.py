"""How many examples a property draws: `make nightly` asks for twenty times as many."""

import os

TIMES = int(os.environ.get("DRAWN_TIMES", "1"))
