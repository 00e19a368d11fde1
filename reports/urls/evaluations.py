"""Addresses of the evaluation of officers."""

from django.urls import path

from reports.views.evaluations import compare, cycle, cycles, detail, remarks, rules, steps

app_name = "evaluations"

urlpatterns = [
    path("", cycles.evaluation_list, name="list"),
    path("tieu-chi/", rules.rules, name="rules"),
    path("tieu-chi/them/", rules.rules_add, name="rules_add"),
    path("tieu-chi/<int:pk>/thoi-dung/", rules.rules_retire, name="rules_retire"),
    path("ky/them/", cycles.cycle_add, name="cycle_add"),
    path("ky/<int:pk>/", cycle.cycle, name="cycle"),
    path("ky/<int:pk>/so-sanh/", compare.cycle_compare, name="cycle_compare"),
    path("ky/<int:pk>/bo-sung/", cycle.cycle_complete, name="cycle_complete"),
    path("ky/<int:pk>/cong-bo/", cycle.cycle_release, name="cycle_release"),
    path("nhan-xet/<int:pk>/rut/", remarks.remark_withdraw, name="remark_withdraw"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/phieu-minh-chung.docx", detail.sheet, name="sheet"),
    path("<int:pk>/nhan-xet/", remarks.remark_add, name="remark_add"),
    path("<int:pk>/tu-danh-gia/", steps.rate, name="rate"),
    path("<int:pk>/tra-tu-danh-gia/", steps.return_rating, name="return_rating"),
    path("<int:pk>/de-xuat/", steps.propose, name="propose"),
    path("<int:pk>/tra-de-xuat/", steps.return_proposal, name="return_proposal"),
    path("<int:pk>/quyet-dinh/", steps.decide, name="decide"),
    path("<int:pk>/cong-bo/", steps.release, name="release"),
    path("<int:pk>/y-kien/", steps.object_to, name="object"),
    path("<int:pk>/xem-xet-lai/", steps.reconsider, name="reconsider"),
]
