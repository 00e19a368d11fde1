"""Headers every answer carries: pages, files, errors, static files alike.

Nothing is asked of another host and nothing runs that is not a file of ours: no inline script or
style, hence no nonce either.
"""

from __future__ import annotations

from csp.constants import NONE, SELF

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
# What is saved to disk and opened all the same runs nothing and belongs to no site.
POLICY_OF_FILES = "sandbox; default-src 'none'; frame-ancestors 'none'"
# Of what browsers offer pages, we use nothing.
POWERS = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{power}=()" for power in POWERS),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class HeadersMiddleware:
    """Puts the fixed headers on every answer, and shuts files to be saved into a sandbox.

    Nearly outermost: static files and refusals of the middleware further in have them too.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in FIXED.items():
            response.headers[name] = value
        if response.get("Content-Disposition", "").startswith("attachment"):
            response.headers["Content-Security-Policy"] = POLICY_OF_FILES
        return response
