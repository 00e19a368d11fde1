"""``manage.py load_petition_catalogue``: the fields of petitions and the bodies resolving them."""

from django.core.management.base import BaseCommand

from communes.gazetteer import LoadCount
from reports.petitions.catalogue import load_catalogue


class Command(BaseCommand):
    help = (
        "Nạp danh mục lĩnh vực kiến nghị và cơ quan có thẩm quyền; chạy lại không thay đổi gì, "
        "không ghi đè nội dung cơ quan đã sửa."
    )

    def handle(self, *args, **options):
        bodies, fields = load_catalogue()
        self.stdout.write(self.sentence("Cơ quan có thẩm quyền", bodies))
        self.stdout.write(self.sentence("Lĩnh vực kiến nghị", fields))

    @staticmethod
    def sentence(label: str, count: LoadCount) -> str:
        return f"{label}: thêm {count.added}, giữ nguyên {count.unchanged}."
