"""Where a request came from."""

import pytest
from django.http import HttpResponse

from accounts.audit import current_address
from accounts.enums import Role
from accounts.middleware import AuditAddressMiddleware, client_address


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "expected"),
    [
        (False, None, "10.0.0.9"),
        (False, "203.0.113.5", "10.0.0.9"),  # anybody can send the header
        (True, None, "10.0.0.9"),
        (True, "203.0.113.5", "203.0.113.5"),
        (True, "1.2.3.4, 203.0.113.5", "203.0.113.5"),  # only our proxy's own word counts
        (True, " , ", "10.0.0.9"),
        (True, "2001:db8::1", "2001:db8::1"),
        (True, "x" * 400, "x" * 45),
    ],
)
def test_the_address_is_what_our_own_proxy_says(rf, settings, behind_proxy, forwarded, expected):
    settings.BEHIND_PROXY = behind_proxy
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    assert client_address(rf.get("/", headers=headers, REMOTE_ADDR="10.0.0.9")) == expected


def test_the_log_knows_the_address_while_the_request_is_served(rf):
    def view(request):
        return HttpResponse(current_address.get())

    response = AuditAddressMiddleware(view)(rf.get("/", REMOTE_ADDR="10.0.0.9"))
    assert response.text == "10.0.0.9"
    assert current_address.get() == ""


def test_the_address_is_forgotten_after_an_error(rf):
    def view(request):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        AuditAddressMiddleware(view)(rf.get("/", REMOTE_ADDR="10.0.0.9"))
    assert current_address.get() == ""


def test_what_a_user_saw_is_kept_in_no_cache(users, client_as, client):
    assert client_as(Role.OFFICE).get("/")["Cache-Control"] == "private, no-store"
    download = client_as(Role.OFFICE).get("/dang-bo/?xuat=xlsx")
    assert "no-store" in download["Cache-Control"]
    download.close()
    assert not client.get("/").has_header("Cache-Control")
