"""A file beside a visit, in a real browser: sent with the visit, downloaded, taken back."""

import io
import re

import pytest
from PIL import Image

from assignments.enums import VisitKind
from tests.browser.checks import DESK, PHONE, check_page

VISIT = re.compile(r"/di-co-so/\d+/$")


def picture() -> dict[str, object]:
    """Give a photograph as a phone would send it."""
    content = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(content, "JPEG")
    return {"name": "duong-ap-3.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "kind"), [(PHONE, VisitKind.LOCAL_ACTIVITY), (DESK, VisitKind.MASS_ACTIVITY)]
)
def test_a_file_sent_downloaded_and_taken_back(page_as, width, kind):
    page = page_as("officer", width)
    page.goto("/di-co-so/ghi/")
    page.locator("label:has([name=commune])").first.click()
    page.locator(f"label:has([name=kind][value={kind}])").click()
    page.locator("[name=findings]").fill("Xem đường ấp 3")
    page.set_input_files("[name=files]", picture())
    page.locator("form.log [type=submit]").click()
    page.wait_for_url(VISIT)
    check_page(page, page.url)
    with page.expect_download() as download:
        page.get_by_role("link", name="duong-ap-3.jpg", exact=True).click()
    assert download.value.suggested_filename == "duong-ap-3.jpg"
    page.get_by_role("link", name="Gỡ tệp duong-ap-3.jpg").click()
    page.wait_for_url("**/di-co-so/tep/*/rut/")
    check_page(page, page.url)
    page.get_by_label("Lý do").fill("Gửi nhầm ảnh")
    page.get_by_role("button", name="Gỡ tệp").click()
    page.wait_for_url(VISIT)
    assert page.get_by_role("link", name="duong-ap-3.jpg").count() == 0
