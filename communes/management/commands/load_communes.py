"""``manage.py load_communes``: the 11 districts and 109 communes of 2021 with their outlines."""

from django.core.management.base import BaseCommand

from communes.gazetteer import LoadCount, load_communes


class Command(BaseCommand):
    help = "Nạp danh mục huyện, xã, phường, thị trấn và ranh giới; chạy lại không thay đổi gì."

    def handle(self, *args, **options):
        districts, communes = load_communes()
        self.stdout.write(self.sentence("Huyện, thị xã, thành phố", districts))
        self.stdout.write(self.sentence("Xã, phường, thị trấn", communes))

    @staticmethod
    def sentence(label: str, count: LoadCount) -> str:
        return (
            f"{label}: thêm {count.added}, cập nhật {count.changed}, giữ nguyên {count.unchanged}."
        )
