"""What is known of the request being served, for the audit log and the server's own log.

Needs no models: the server's log is set up before there are any. Empty for commands.
"""

from contextvars import ContextVar

# The address it came from; set by accounts.middleware.AuditAddressMiddleware.
current_address: ContextVar[str] = ContextVar("current_address", default="")
# Its name in the server's own log; set by config.request_log.RequestMiddleware.
current_request: ContextVar[str] = ContextVar("current_request", default="")
