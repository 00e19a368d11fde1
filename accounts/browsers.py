"""What a browser calls itself, in the words its owner would use."""

from __future__ import annotations

# The first that is found names it: most browsers also claim to be those they descend from.
BROWSERS = (
    ("Edg", "Edge"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "điện thoại Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "máy Mac"),
    ("Linux", "Linux"),
)


def in_words(agent: str) -> str:
    """Give browser and system that ``agent`` (the User-Agent header) speaks of, as far as known."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "Trình duyệt khác")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return f"{browser} trên {system}" if system else browser
