"""Pages of what went wrong. They need no database and tell nothing of the inside.

Scripts of ours, which ask for JSON, get the same in one sentence.
"""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader

from accounts.present_request import current_request

SENTENCES = {
    HTTPStatus.BAD_REQUEST: "Máy chủ không hiểu được yêu cầu vừa gửi, nên chưa có gì thay đổi.",
    HTTPStatus.FORBIDDEN: "Đồng chí không có quyền thực hiện việc này, hoặc trang đã hết hạn.",
    HTTPStatus.NOT_FOUND: "Không tìm thấy, hoặc không thuộc phạm vi của đồng chí.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Địa chỉ này không nhận cách gửi vừa rồi.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Nội dung vừa gửi quá lớn, nên chưa được ghi.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Có lỗi ở máy chủ; việc vừa làm chưa thực hiện được.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Máy chủ đang bận; đợi ít giây rồi làm lại.",
}
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# Pages that need neither database nor context, for answers that came without one.
PLAIN = (HTTPStatus.BAD_REQUEST, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def page(status: HTTPStatus) -> str:
    """Give the page of an error, with the name of the request in the server's log."""
    template = loader.get_template(f"{status.value}.html")
    return template.render({"request_id": current_request.get()})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be understood, or is too much (``handler400``)."""
    is_much = isinstance(exception, TOO_MUCH)
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if is_much else HTTPStatus.BAD_REQUEST
    return HttpResponse(page(status), status=status)


def server_error() -> HttpResponse:
    """Answer a request that failed for our own fault."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return HttpResponse(page(status), status=status)


class ErrorPagesMiddleware:
    """Gives errors that came empty their page, and to scripts a sentence instead of a page.

    Outside of all that may refuse, inside of the headers.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code not in SENTENCES or response.streaming:
            return response
        status = HTTPStatus(response.status_code)
        if wants_json(request) and not is_json(response):
            return told(response, JsonResponse({"sentence": SENTENCES[status]}))
        if not response.content and status in PLAIN and request.method != "HEAD":
            return told(response, HttpResponse(page(status)))
        return response


def wants_json(request: HttpRequest) -> bool:
    """Say whether one of our scripts asks."""
    return request.headers.get("Accept", "").startswith("application/json")


def is_json(response: HttpResponse) -> bool:
    """Say whether an answer speaks to scripts already."""
    return response.get("Content-Type", "").startswith("application/json")


def told(refused: HttpResponse, instead: HttpResponse) -> HttpResponse:
    """Put the words of ``instead`` into a refusal, whose status, headers and cookies stay."""
    refused.content = instead.content
    refused.headers["Content-Type"] = instead.headers["Content-Type"]
    refused.headers.pop("Content-Length", None)
    return refused
