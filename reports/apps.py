from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Tổng hợp, báo cáo"

    def ready(self) -> None:
        """Have hand-over dossiers follow the changes of assignments."""
        from assignments.following import followers
        from reports.handing_over.opening import Dossiers

        if not any(isinstance(one, Dossiers) for one in followers):
            followers.append(Dossiers())
