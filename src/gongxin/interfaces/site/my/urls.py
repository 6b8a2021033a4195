"""The addresses of the subject's own place, all under /my/."""

from django.urls import path

from gongxin.interfaces.site.my import file, looks, mandates, record, session, statement

app_name = "my"

urlpatterns = [
    path("", file.file, name="file"),
    path("sign-in/", session.sign_in, name="sign-in"),
    path("sign-out/", session.sign_out, name="sign-out"),
    path("choose/", session.choice, name="choose"),
    path("classes/<slug:class_id>/", file.of_class, name="class"),
    path("records/<uuid:record_id>/", record.record_page, name="record"),
    path("records/<uuid:record_id>/statement/", statement.statement, name="statement"),
    path("records/<uuid:record_id>/statement/withdraw/", statement.withdraw, name="statement-withdraw"),
    path("looks/", looks.looks, name="looks"),
    path("mandates/", mandates.mandates, name="mandates"),
    path("mandates/<uuid:mandate_id>/end/", mandates.end, name="mandate-end"),
]
