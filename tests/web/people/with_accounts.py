"""Django's settings with accounts, as the type checker reads them: without a database chosen, none of the tables would be known."""

from __future__ import annotations

import os

os.environ["COMITY_PEOPLE"] = "sqlite:///:memory:"

from comity.web.settings import *  # noqa: F403
