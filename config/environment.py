"""The one reader of the environment and of ``.env``.

A value that cannot be read never stops here: the default stands in for it, so that settings can
be imported, and a :class:`Problem` is kept. ``config/checks.py`` tells all of them at once, and
nothing starts while there is one. Sentences name the setting; they quote no address and no key.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from accounts.enums import Role

Value = TypeVar("Value")

BASE_DIR = Path(__file__).resolve().parent.parent
YES = {"true", "yes", "on", "1"}
NO = {"false", "no", "off", "0"}
DATABASES = {"postgres", "postgresql", "sqlite"}
SHORTEST_KEY = 50  # characters, as Django's own check asks

UNREADABLE, OUT_OF_RANGE, UNKNOWN, ADDRESS = "E001", "E002", "E003", "E004"
HOST, FOLDER, KEY, INCOMPLETE = "E005", "E006", "E007", "E008"


@dataclass(frozen=True)
class Problem:
    """One bad setting: the code of its check, its name, what to do about it."""

    code: str
    name: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.name}: {self.sentence}"


class Environment:
    """Reads settings by name out of ``source``; what is wrong gathers in ``problems``.

    A name that is not there, or empty where a number, a yes or a list of roles is asked for,
    means the default.
    """

    def __init__(self, source: Mapping[str, str]) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def tell(self, code: str, name: str, sentence: str) -> None:
        """Keep a problem; the same one only once."""
        problem = Problem(code, name, sentence)
        if problem not in self.problems:
            self.problems.append(problem)

    def __call__(self, name: str, default: str = "") -> str:
        """Give a text, without the blanks around it."""
        return self.source.get(name, default).strip()

    def bool(self, name: str, default: bool = False) -> bool:
        """Give a yes or no: ``true`` or ``false``, also yes, no, on, off, 1, 0."""
        given = self(name).lower()
        if given and given not in YES | NO:
            self.tell(UNREADABLE, name, f"chỉ nhận true hoặc false, không nhận “{given[:30]}”.")
            return default
        return given in YES if given else default

    def int(
        self, name: str, default: int, *, low: int | None = None, high: int | None = None
    ) -> int:
        """Give a whole number from ``low`` to ``high``."""
        given = self(name)
        return self.number(name, given, default, int, low, high) if given else default

    def list(
        self,
        name: str,
        default: list,
        *,
        cast: Callable[[str], object] = str,
        low: float | None = None,
        high: float | None = None,
    ) -> list:
        """Give what stands between commas; an empty value is an empty list."""
        if name not in self.source:
            return default
        given = [part.strip() for part in self(name).split(",") if part.strip()]
        if cast is str:
            return given
        count = len(self.problems)
        read = [self.number(name, part, 0, cast, low, high) for part in given]
        return read if len(self.problems) == count else default

    def number(
        self,
        name: str,
        given: str,
        default: Value,
        kind: type,
        low: float | None = None,
        high: float | None = None,
    ) -> Value:
        """Read one number, ``kind`` of it; ``default`` when it is none or out of its range."""
        try:
            read = kind(given)
        except ValueError:
            wanted = "số nguyên" if kind is int else "số, viết dấu chấm thập phân"
            self.tell(UNREADABLE, name, f"“{given[:30]}” không phải là {wanted}.")
            return default
        # What is no number at all compares as neither.
        if not (low is None or read >= low) or not (high is None or read <= high):
            self.tell(
                OUT_OF_RANGE, name, f"{given[:30]} ngoài khoảng cho phép ({span(low, high)})."
            )
            return default
        return read

    def one_of(self, name: str, default: str, values: Iterable[str]) -> str:
        """Give one of ``values``."""
        given = self(name, default)
        if given not in (default, *values):
            self.tell(UNKNOWN, name, f"“{given[:30]}” không có; chỉ nhận: {', '.join(values)}.")
            return default
        return given

    def roles(self, name: str, default: str = "") -> list[str]:
        """Give role codes: ``leader,office``. ``default`` is written alike; ``none`` is nobody."""
        given = self(name) or default
        codes = [] if given == "none" else [c.strip() for c in given.split(",") if c.strip()]
        unknown = [code for code in codes if code not in Role.values]
        for code in unknown:
            self.unknown_role(name, code)
        return Environment({name: default}).roles(name) if unknown else codes

    def numbers_by_role(
        self, name: str, default: str, *, low: int | None = 0, high: int | None = None
    ) -> dict[str, int]:
        """Give a number for each role: ``180,admin=60`` is 60 for administrators, else 180.

        Roles the value leaves out keep ``default``, which is written alike and complete.
        """
        usual = self.pairs(name, default, {}, low, high)
        return self.pairs(name, self(name), usual, low, high)

    def pairs(
        self, name: str, given: str, usual: dict[str, int], low: int | None, high: int | None
    ) -> dict[str, int]:
        """Read ``number,role=number,…`` over ``usual``; ``usual`` alone when any part is bad."""
        count = len(self.problems)
        for_all, of_some = {}, {}
        for part in filter(None, map(str.strip, given.split(","))):
            code, equals, number = (word.strip() for word in part.rpartition("="))
            if equals and code not in Role.values:
                self.unknown_role(name, code)
            read = self.number(name, number, 0, int, low, high)
            (of_some.update if equals else for_all.update)(
                {code: read} if equals else dict.fromkeys(Role.values, read)
            )
        return usual if len(self.problems) > count else usual | for_all | of_some

    def unknown_role(self, name: str, code: str) -> None:
        """Tell of a role code that is none."""
        codes = ", ".join(Role.values)
        self.tell(UNKNOWN, name, f"không có vai trò “{code[:30]}”; các mã vai trò: {codes}.")

    def hosts(self, name: str, default: list[str]) -> list[str]:
        """Give names the site answers to: no ``*``, no port, no scheme."""
        hosts = self.list(name, default)
        for host in hosts:
            if host == "*":
                self.tell(HOST, name, "không được để “*”; ghi đúng tên máy chủ người dùng mở.")
            elif "/" in host or "*" in host or host.rpartition("]")[2].count(":") == 1:
                self.tell(
                    HOST, name, f"“{host[:60]}” phải là tên máy, không kèm https:// hay số cổng."
                )
        return [host for host in hosts if host != "*"]

    def origins(self, name: str) -> list[str]:
        """Give origins trusted for forms: scheme and host, nothing after them."""
        return [origin for origin in self.list(name, []) if self.is_origin(name, origin)]

    def site_address(self, name: str, default: str) -> str:
        """Give the address people open, without a slash at its end."""
        address = self(name, default).rstrip("/")
        return address if self.is_origin(name, address) else default

    def is_origin(self, name: str, given: str) -> bool:
        """Say whether ``given`` is ``https://host`` (or http); tell when not."""
        parts = split(given)
        if parts and parts.scheme in ("http", "https") and parts.hostname and not parts.path:
            return True
        self.tell(HOST, name, f"“{given[:60]}” phải viết đủ, dạng https://ten-may-chu.")
        return False

    def database(self, name: str, default: str) -> dict[str, object]:
        """Give Django's settings of the database whose address is ``name``."""
        given = self(name) or default
        parts = split(given)
        if parts is None or parts.scheme not in DATABASES:
            self.tell(ADDRESS, name, "không đọc được; viết postgres://tên:mật-khẩu@máy:cổng/csdl.")
        elif parts.scheme == "sqlite" and (parts.netloc or len(parts.path) < 2):
            self.tell(
                ADDRESS, name, "SQLite cần ba dấu gạch chéo rồi đến tệp: sqlite:////thư/mục/tệp."
            )
        elif parts.scheme != "sqlite" and not parts.path.strip("/"):
            self.tell(INCOMPLETE, name, "thiếu tên cơ sở dữ liệu ở cuối.")
        else:
            return environ.Env.db_url_config(given)
        return environ.Env.db_url_config(default)

    def mail(self, name: str) -> dict[str, object]:
        """Give Django's settings of the mail server; nothing when none is named."""
        if not (given := self(name)):
            return {}
        parts = split(given)
        try:
            config = environ.Env.email_url_config(given) if parts else {}
        except ImproperlyConfigured:
            config = {}
        if not config or (parts.scheme.startswith("smtp") and not parts.hostname):
            self.tell(ADDRESS, name, "không đọc được; viết smtp+tls://tên:mật-khẩu@máy:587.")
            return {}
        if bool(parts.username) != bool(parts.password):
            self.tell(INCOMPLETE, name, "phải có cả tên và mật khẩu, hoặc không có cả hai.")
        return config

    def time_zone(self, name: str, default: str) -> str:
        """Give the name of a time zone this machine knows."""
        given = self(name) or default
        try:
            ZoneInfo(given)
        except (KeyError, ValueError, OSError):
            self.tell(UNKNOWN, name, f"không có múi giờ “{given[:30]}”; ví dụ Asia/Ho_Chi_Minh.")
            return default
        return given

    def folder(self, name: str, default: Path) -> Path:
        """Give a folder we may write in, made when it is not there, for nobody else to read."""
        path = Path(self(name) or default)
        with suppress(OSError):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.is_dir() or not os.access(path, os.W_OK | os.X_OK):
            self.tell(FOLDER, name, f"không ghi được vào thư mục {path}.")
        return path

    def secret_key(self, name: str, folder: Path) -> str:
        """Give the key, or the one kept in ``folder``, made there (mode 600) at the first start."""
        if given := self(name):
            if len(given) < SHORTEST_KEY or len(set(given)) < 5:
                self.tell(
                    KEY, name, f"quá ngắn hoặc quá đơn giản; cần {SHORTEST_KEY} ký tự ngẫu nhiên."
                )
            return given
        try:
            return generated_secret_key(folder / "secret_key")
        except OSError:
            self.tell(KEY, name, f"chưa đặt, và không giữ được khóa tự tạo trong {folder}.")
            return get_random_secret_key()

    def key(self, name: str, shortest: int) -> str:
        """Give a key of at least ``shortest`` characters, or none."""
        given = self(name)
        if given and len(given) < shortest:
            self.tell(KEY, name, f"quá ngắn; cần ít nhất {shortest} ký tự ngẫu nhiên.")
            return secrets.token_urlsafe(shortest)  # known to nobody: opens nothing
        return given


def generated_secret_key(path: Path) -> str:
    """Give the key in the file ``path``, making it when there is none."""
    if not path.exists():
        # Written aside and linked whole: of several first starts at once one makes the key.
        with NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as made:
            made.write(get_random_secret_key())
            made.flush()
            with suppress(FileExistsError):
                os.link(made.name, path)
    return path.read_text(encoding="ascii")


def split(address: str) -> SplitResult | None:
    """Give the parts of an address; ``None`` when it is none, its port being no number included."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


def span(low: float | None, high: float | None) -> str:
    """Give a range in words: ``từ 1``, ``đến 9``, ``từ 1 đến 9``."""
    ends = (f"từ {low}" if low is not None else "", f"đến {high}" if high is not None else "")
    return " ".join(filter(None, ends))


environ.Env.read_env(BASE_DIR / ".env")
env = Environment(os.environ)
