"""The addresses of the subject's own place, all under /my/."""

from django.urls import path

from gongxin.interfaces.site.my import (
    cases,
    download,
    file,
    further,
    lists,
    looks,
    mandates,
    messages,
    objection,
    record,
    reorganisation,
    repair,
    session,
    statement,
)

app_name = "my"

urlpatterns = [
    path("", file.file, name="file"),
    path("sign-in/", session.sign_in, name="sign-in"),
    path("sign-out/", session.sign_out, name="sign-out"),
    path("choose/", session.choice, name="choose"),
    path("classes/<slug:class_id>/", file.of_class, name="class"),
    path("records/<uuid:record_id>/", record.record_page, name="record"),
    path("records/<uuid:record_id>/object/", objection.object_page, name="object"),
    path("records/<uuid:record_id>/statement/", statement.statement, name="statement"),
    path("records/<uuid:record_id>/statement/withdraw/", statement.withdraw, name="statement-withdraw"),
    path("records/<uuid:record_id>/ask/<slug:kind>/", further.of_record, name="ask"),
    path("complaint/", further.complaint, name="complaint"),
    path("repair/", repair.repair_page, name="repair"),
    path("reorganisation/", reorganisation.reorganisation, name="reorganisation"),
    path("cases/", cases.cases, name="cases"),
    path("cases/<uuid:case_id>/", cases.case_page, name="case"),
    path("cases/<uuid:case_id>/receipt/", cases.receipt, name="receipt"),
    path("cases/<uuid:case_id>/withdraw/", cases.withdraw, name="case-withdraw"),
    path("cases/<uuid:case_id>/evidence/<uuid:evidence_id>/", cases.evidence, name="evidence"),
    path("cases/<uuid:case_id>/papers/<int:number>.pdf", cases.paper, name="paper"),
    path("lists/", lists.lists, name="lists"),
    path("lists/proceedings/<uuid:proceeding_id>/", lists.proceeding, name="proceeding"),
    path("lists/exits/<uuid:exit_id>/rehabilitation/", lists.rehabilitation, name="rehabilitation"),
    path("lists/<uuid:record_id>/leave/", lists.leave, name="leave-list"),
    path("messages/", messages.messages, name="messages"),
    path("messages/<uuid:notice_id>/", messages.message, name="message"),
    path("downloads/", download.downloads, name="downloads"),
    path("downloads/file.json", download.as_json, name="as-json"),
    path("downloads/file.pdf", download.as_pdf, name="as-pdf"),
    path("downloads/days.ics", download.as_calendar, name="as-calendar"),
    path("looks/", looks.looks, name="looks"),
    path("mandates/", mandates.mandates, name="mandates"),
    path("mandates/<uuid:mandate_id>/end/", mandates.end, name="mandate-end"),
]
