"""``manage.py send_notifications``: tell everybody what has come due; see the README."""

import datetime as dt
from itertools import groupby

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts import clock
from reports.management.commands.seed_demo import day_argument
from reports.models import NotificationRun
from reports.notifications.mailing import is_mailing_elsewhere, mail
from reports.notifications.nightly import due, finish, tell, untold

SOME_NOT_MAILED = 3  # exit code; 1 is a refusal, 2 an argument that cannot be read


class Command(BaseCommand):
    help = (
        "Tính những việc đến hạn, quá hạn; ghi thông báo cho từng người, mỗi việc một lần; gửi "
        "thư nếu đã đặt EMAIL_URL. Chạy mỗi đêm; chạy lại không ghi, không gửi trùng."
    )

    def add_arguments(self, parser):
        parser.add_argument("--day", type=day_argument, help="tính cho ngày này (mặc định hôm nay)")
        parser.add_argument(
            "--preview", action="store_true", help="chỉ in ra ai được báo việc gì, không ghi gì"
        )
        parser.add_argument("--no-mail", action="store_true", help="ghi thông báo, không gửi thư")

    def handle(self, *, day: dt.date | None, preview: bool, no_mail: bool, **options):
        today = clock.today()
        day = day or today
        if preview:
            self.preview(day)
        elif day > today:
            raise CommandError(f"Ngày {day:%d/%m/%Y} chưa tới: chỉ xem trước được (--preview).")
        else:
            self.run(day, with_mail=not no_mail)

    def preview(self, day: dt.date) -> None:
        """Write who would be told what; nothing is stored."""
        tellings = sorted(untold(due(day)), key=lambda telling: telling.user.username)
        self.stdout.write(f"Xem trước ngày {day:%d/%m/%Y}: {len(tellings)} thông báo, chưa ghi gì.")
        for user, found in groupby(tellings, key=lambda telling: telling.user):
            self.stdout.write(f"{user.full_name} ({user.username}):")
            for _, notice in found:
                self.stdout.write(f"  - {notice.kind.label}: {notice.title}")

    def run(self, day: dt.date, *, with_mail: bool) -> None:
        run = tell(day=day, now=clock.now())
        self.stdout.write(f"Ngày {day:%d/%m/%Y}: đã ghi {run.written} thông báo mới.")
        reasons = self.mail(run) if with_mail else []
        finish(run=run, now=clock.now())
        if reasons:
            raise CommandError("\n".join(reasons), returncode=SOME_NOT_MAILED)

    def mail(self, run: NotificationRun) -> list[str]:
        """Send mail where it may be sent; give why some was not taken."""
        if not settings.EMAIL_URL:
            self.stdout.write("Không gửi thư: chưa đặt EMAIL_URL.")
            return []
        if is_mailing_elsewhere(run):
            self.stdout.write("Không gửi thư: một lần chạy khác đang gửi.")
            return []
        reasons = mail(run=run, now=clock.now)
        self.stdout.write(f"Đã gửi {run.emailed} thư, chưa gửi được {run.failed} thư.")
        return reasons
