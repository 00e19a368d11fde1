"""Addresses of petitions and what becomes of them."""

from django.urls import path

from reports.views.petitions import (
    acts,
    ageing,
    by_field,
    catalogue,
    detail,
    escalated,
    listing,
    matter_acts,
    matters,
    raising,
)

app_name = "petitions"

urlpatterns = [
    path("", listing.PetitionList.as_view(), name="list"),
    path("them/", raising.petition_add, name="add"),
    path("chuyen/", acts.route_many, name="route_many"),
    path("tep/<int:pk>/", detail.answer_file, name="answer_file"),
    path("<int:pk>/", detail.petition_detail, name="detail"),
    path("<int:pk>/sua/", acts.amend, name="amend"),
    path("<int:pk>/chuyen/", acts.route, name="route"),
    path("<int:pk>/gia-han/", acts.extend, name="extend"),
    path("<int:pk>/tien-do/", acts.progress, name="progress"),
    path("<int:pk>/ket-qua/", acts.answer, name="answer"),
    path("<int:pk>/trung/", acts.duplicate, name="duplicate"),
    path("<int:pk>/thong-tin/", acts.tell, name="tell"),
    path("<int:pk>/mo-lai/", acts.reopen, name="reopen"),
    path("<int:pk>/y-kien/", acts.note, name="note"),
    path("<int:pk>/rut/", acts.withdraw, name="withdraw"),
    path("danh-muc/", catalogue.catalogue, name="catalogue"),
    path("danh-muc/linh-vuc/them/", catalogue.field_add, name="field_add"),
    path("danh-muc/linh-vuc/<int:pk>/", catalogue.field_edit, name="field_edit"),
    path("danh-muc/co-quan/them/", catalogue.body_add, name="body_add"),
    path("danh-muc/co-quan/<int:pk>/", catalogue.body_edit, name="body_edit"),
    path("<int:pk>/ra-khoi-nhom/", matters.ungroup, name="ungroup"),
    path("linh-vuc/", by_field.ByField.as_view(), name="by_field"),
    path("co-quan/", ageing.Ageing.as_view(), name="ageing"),
    path("trinh/", escalated.escalated_list, name="escalated"),
    path("nhom/", matters.MatterList.as_view(), name="matter_list"),
    path("nhom/them/", matters.matter_add, name="matter_add"),
    path("nhom/gop/", matters.group, name="group"),
    path("nhom/<int:pk>/", matters.MatterDetail.as_view(), name="matter_detail"),
    path("nhom/<int:pk>/sua/", matters.matter_edit, name="matter_edit"),
    path("nhom/<int:pk>/chuyen/", matter_acts.matter_route, name="matter_route"),
    path("nhom/<int:pk>/ket-qua/", matter_acts.matter_answer, name="matter_answer"),
]
