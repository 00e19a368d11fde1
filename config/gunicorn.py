"""gunicorn's own settings: ``gunicorn config.wsgi --config config/gunicorn.py --bind …``.

Behind nginx, which takes the slow clients: one sync worker for each core. Threads take a fifth more
processor for the same pages; only without a proxy they are needed (Makefile, docs/scale.md).
"""

import gc
import os

import gunicorn.http.wsgi

from config import logs
from config.environment import env

workers = env.int("WEB_CONCURRENCY", default=os.cpu_count() or 1, low=1, high=64)
worker_class = "sync"
# A download of a hundred thousand rows takes longer than the usual 30 seconds.
timeout = 120
# What is being written when the server is stopped is written to its end.
graceful_timeout = 60
# A worker is replaced now and then, not all at once: memory held too long is given back.
max_requests = 5_000
max_requests_jitter = 500
# Loaded once, in the parent: bad settings are told once, and workers share what never changes.
# New code is taken by a restart, not by SIGHUP.
preload_app = True


def when_ready(server):
    """Before workers are forked: what is loaded stays for ever, so none of them goes through it.

    Looking for garbage passes over 120,000 objects (30 to 70 ms each time); memory stays shared.
    """
    gc.freeze()


# One line for each request is the application's (config/request_log.py): it names no address.
accesslog = None
logconfig_dict = logs.of_gunicorn(env.one_of("LOG_FORMAT", "text", ["text", "json"]))
control_socket_disable = True
# No name of what serves. There is no setting for it.
gunicorn.http.wsgi.SERVER = ""
