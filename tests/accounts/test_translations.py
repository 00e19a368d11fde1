"""Django's own sentences: those in config/locale are compiled, and pages use no English."""

import gettext
import re
from ast import literal_eval
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from django.utils.translation import trans_real

from accounts.enums import Role
from tests.factories import make_assignment

FOLDER = Path(settings.BASE_DIR) / "config" / "locale" / "vi" / "LC_MESSAGES"
ENTRY = re.compile(r'^msgid (".*")\n(msgid_plural ".*"\n)?msgstr(?:\[0\])? (".*")$', re.MULTILINE)


def test_the_compiled_sentences_are_those_written():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    source = (FOLDER / "django.po").read_text(encoding="utf-8")
    entries = ENTRY.findall(source)
    assert len(entries) == source.count("\nmsgid ")
    for quoted, plural, text in entries[1:]:  # the first is the header
        key = literal_eval(quoted)
        found = compiled.ngettext(key, key, 1) if plural else compiled.gettext(key)
        assert found == literal_eval(text)


class Untranslated(gettext.NullTranslations):
    """Stands behind the Vietnamese catalogue and keeps what it had to give back in English."""

    def __init__(self):
        super().__init__()
        self.asked: set[str] = set()

    def gettext(self, message):
        self.asked.add(message)
        return message

    def ngettext(self, singular, plural, number):
        self.asked.add(singular)
        return singular

    def pgettext(self, context, message):
        return self.gettext(message)


@pytest.fixture
def untranslated(monkeypatch) -> Untranslated:
    behind = Untranslated()
    monkeypatch.setattr(trans_real.translation("vi"), "_fallback", behind)
    return behind


def test_the_admin_speaks_no_english(client_as, db, untranslated):
    make_assignment()
    client = client_as(Role.ADMIN)
    client.get(reverse("admin:index"))
    for model in admin.site._registry:
        stem = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        client.get(reverse(f"{stem}_changelist"), {"q": "an"})
        client.get(reverse(f"{stem}_add"))
        client.post(reverse(f"{stem}_add"), {})
        record = model._default_manager.first()
        if record:
            client.get(reverse(f"{stem}_change", args=[record.pk]))
    assert untranslated.asked == set()
