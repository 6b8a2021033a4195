"""The desk's addresses, all under /desk/."""

from django.urls import path

from gongxin.interfaces.desk import (
    agency,
    board,
    board_rows,
    class_template,
    due,
    held,
    held_list,
    home,
    mapping_form,
    morning,
    nil,
    problems,
    record,
    session,
    submission,
    unlinked,
    upload,
    waiting_lists,
)

app_name = "desk"

urlpatterns = [
    path("", morning.front, name="home"),
    path("sign-in/", session.sign_in, name="sign-in"),
    path("sign-out/", session.sign_out, name="sign-out"),
    path("upload/", upload.upload, name="upload"),
    path("record/", record.choose, name="record-choose"),
    path("record/<slug:class_id>/", record.new, name="record-new"),
    path("record/<slug:class_id>/<uuid:form_id>/", record.record, name="record"),
    path("drafts/<uuid:draft_id>/discard/", record.discard, name="discard-draft"),
    path("mappings/<slug:class_id>/", mapping_form.save, name="mapping"),
    path("templates/<slug:class_id>.xlsx", class_template.template, name="template"),
    path("submissions/", home.submissions, name="submissions"),
    path("submissions/<uuid:submission_id>/", submission.submission, name="submission"),
    path("submissions/<uuid:submission_id>/progress/", submission.progress, name="progress"),
    path("submissions/<uuid:submission_id>/go-on/", submission.go_on, name="go-on"),
    path("submissions/<uuid:submission_id>/set-going/", submission.resume, name="set-going"),
    path("submissions/<uuid:submission_id>/recall/", submission.recall, name="recall"),
    path("submissions/<uuid:submission_id>/problems.<str:file_format>", problems.download, name="problems"),
    path("due/", due.due, name="due"),
    path("due.<str:file_format>", due.download, name="due-file"),
    path("overdue/", held_list.overdue, name="overdue"),
    path("suspended/", waiting_lists.suspended, name="suspended"),
    path("unlinked/", waiting_lists.unlinked, name="unlinked"),
    path("nil/", nil.nil, name="nil"),
    path("nil/<uuid:nil_id>/withdraw/", nil.withdraw, name="nil-withdraw"),
    path("unlinked/<uuid:row_id>/", unlinked.unlinked_row, name="unlinked-row"),
    path("held/", held_list.held, name="held"),
    path("held/<uuid:subject_id>/<uuid:record_id>/", held.held_case, name="held-case"),
    path("board/", board.board, name="board"),
    path("board/rows/", board_rows.rows, name="board-rows"),
    path("agency/", agency.contact, name="agency"),
]
