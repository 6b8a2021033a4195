"""The addresses of the subject's own place, all under /my/."""

from django.urls import path

from gongxin.interfaces.site.my import file, record, session

app_name = "my"

urlpatterns = [
    path("", file.file, name="file"),
    path("sign-in/", session.sign_in, name="sign-in"),
    path("sign-out/", session.sign_out, name="sign-out"),
    path("choose/", session.choice, name="choose"),
    path("classes/<slug:class_id>/", file.of_class, name="class"),
    path("records/<uuid:record_id>/", record.record_page, name="record"),
]
