"""``python -m tests.access``: try what tests/access tries and print how much that is.

It makes a database of its own for the tests and drops it again.
"""

import os
import sys
from importlib import import_module

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
# What counts reads models: it can be imported only now.
sys.exit(import_module("tests.access.count").main())
