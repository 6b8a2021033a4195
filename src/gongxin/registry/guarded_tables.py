"""Which tables are history, and which references carry their subject: what `guards` installs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AppendOnly:
    """A table whose rows never change, but for `once`: columns that may go once from or to empty."""

    table: str
    filled_once: tuple[str, ...] = ()  # empty -> value, once
    emptied_once: tuple[str, ...] = ()  # value -> empty, once
    fixed: tuple[str, ...] = ()  # the columns that must stay; all others are in the two lists above


@dataclass(frozen=True, slots=True)
class Carried:
    """A reference that carries its subject: (subject_id, column) must be a row of `target`."""

    table: str
    column: str
    target: str


ENTRY_FIXED = (
    "subject_id", "id", "record_id", "record_key", "class_id", "edition", "adverse", "kind",
    "content_hash", "decided_on", "served_on", "usable_from", "document_number", "held_reason",
    "ground", "evidence_file", "proposed_by", "decided_by", "agency_id", "submission_id", "row",
    "recorded_at",
)  # fmt: skip
APPEND_ONLY = (
    AppendOnly(
        "ledger_entry",
        filled_once=("superseded_at", "erased_at"),
        emptied_once=("content", "salt"),
        fixed=ENTRY_FIXED,
    ),
    AppendOnly("publication_decision"),
    AppendOnly("ledger_fingerprint"),
    AppendOnly("ledger_statechange"),
    AppendOnly("catalogue_classdocument", fixed=("id", "edition_id", "class_id", "text", "text_hash")),
    AppendOnly("audit_auditevent"),
    AppendOnly("audit_look"),
    AppendOnly(
        "audit_seal",
        filled_once=("approved_at", "approved_by", "from_on", "ended_at", "ended_by", "end_ground"),
        fixed=(
            "id",
            "first_id",
            "subject_id",
            "agency_id",
            "case_number",
            "article",
            "until_on",
            "asked_at",
            "asked_by",
        ),
    ),
    AppendOnly("letters_letter"),
    AppendOnly("tip_offs_identityopening"),
    AppendOnly(
        "tip_offs_tipoffstep",
        emptied_once=("reason", "agency_id"),
        fixed=("id", "tip_off_id", "place", "kind", "at", "by"),
    ),
    AppendOnly(
        "notices_notice",
        filled_once=("paper",),
        fixed=("subject_id", "id", "kind", "agency_id", "record_id", "case_id", "facts", "at", "by"),
    ),
    AppendOnly("cases_step"),
    AppendOnly("cases_decisionpaper"),
    AppendOnly(
        "cases_falseproof",
        filled_once=("lifted_at", "lifted_by", "lift_ground"),
        fixed=(
            "subject_id",
            "id",
            "case_id",
            "part_id",
            "record_id",
            "decided_on",
            "until_on",
            "ground",
            "source",
            "accepted_by",
            "at",
            "by",
        ),
    ),
    AppendOnly(
        "subjects_judgement",
        filled_once=("ended_at", "ended_by", "end_ground"),
        fixed=("id", "doubt_id", "verdict", "ground", "at", "by"),
    ),
    AppendOnly(
        "subjects_merge",
        filled_once=("undone_at", "undone_by", "undo_ground"),
        fixed=("id", "judgement_id", "absorbed_id", "into_id", "at", "proposed_by", "decided_by", "ground"),
    ),
    AppendOnly(
        "subjects_subjectsuccession",
        filled_once=("ended_at", "ended_by", "end_ground"),
        fixed=(
            "id",
            "predecessor_id",
            "successor_id",
            "kind",
            "on",
            "ground",
            "recorded_at",
            "recorded_by",
        ),
    ),
    AppendOnly(
        "log_act",
        filled_once=("position", "public_sequence"),
        emptied_once=("salt",),
        fixed=("id", "at", "kind", "subject_id", "object_id", "commitment", "hidden"),
    ),
    AppendOnly(
        "lists_criteriadraft",
        filled_once=("withdrawn_at",),
        fixed=("id", "list_id", "title", "text", "published_on", "days_for_comment", "published_by", "at"),
    ),
    AppendOnly("lists_criteriacomment"),
    AppendOnly(
        "lists_proceeding",
        filled_once=(
            "notice_id",
            "noticed_at",
            "objections_until",
            "objected_at",
            "hearing_asked_at",
            "heard_on",
            "closed_at",
        ),
        fixed=(
            "subject_id",
            "id",
            "list_id",
            "ground",
            "reasons",
            "records",
            "basis",
            "agency_id",
            "proposed_by",
            "proposed_at",
        ),
    ),
    AppendOnly("lists_listing"),
    AppendOnly(
        "lists_exit",
        filled_once=("notice_id", "closed_at", "rehabilitation_asked_at"),
        fixed=(
            "subject_id",
            "id",
            "listing_id",
            "record_id",
            "list_id",
            "why",
            "reason",
            "corrected_on",
            "asked_by",
            "asked_by_subject",
            "asked_at",
        ),
    ),
    AppendOnly("commitments_commitment"),
    AppendOnly("commitments_finding"),
    AppendOnly(
        "commitments_payment",
        filled_once=("paid_on", "paid_recorded_at", "paid_recorded_by"),
        fixed=(
            "subject_id",
            "id",
            "payee_id",
            "contract_number",
            "amount_yuan",
            "delivered_on",
            "agreed_days",
            "due_on",
            "evidence",
            "recorded_at",
            "recorded_by",
        ),
    ),
    AppendOnly(
        "commitments_gravedelay",
        filled_once=(
            "objections_ended_at",
            "decision_number",
            "decided_by",
            "decided_at",
            "until_on",
            "notice_id",
            "withdrawn_at",
            "withdrawn_by",
            "withdrawn_reason",
        ),
        fixed=(
            "subject_id",
            "id",
            "payments",
            "reasons",
            "evidence",
            "agency_id",
            "proposed_by",
            "proposed_at",
            "prior_notice_id",
        ),
    ),
    AppendOnly(
        "checks_signingkey",
        filled_once=("retired_at", "retired_by"),
        fixed=("id", "algorithm", "public_key", "sealed_private_key", "made_at"),
    ),
    AppendOnly("checks_check"),
    AppendOnly("checks_unanswered"),
    AppendOnly("checks_applied"),
    AppendOnly(
        "checks_changed",
        filled_once=("acknowledged_at", "acknowledged_by"),
        fixed=("subject_id", "id", "check_id", "verdict", "signed", "at", "notice_id"),
    ),
    AppendOnly(
        "checks_feedback",
        filled_once=("published_at", "published_by"),
        fixed=(
            "subject_id",
            "id",
            "check_id",
            "rule_id",
            "done",
            "note",
            "done_on",
            "public",
            "at",
            "by",
        ),
    ),
    AppendOnly(
        "checks_follow",
        filled_once=("ended_at", "ended_by"),
        fixed=(
            "subject_id",
            "id",
            "agency_id",
            "purpose",
            "basis",
            "begun_at",
            "begun_by",
            "until_on",
            "seal_id",
        ),
    ),
    AppendOnly("checks_warned"),
    AppendOnly(
        "supervision_evaluation",
        filled_once=("completed_at",),
        fixed=("id", "scheme", "edition", "on", "count", "agency_id", "at", "by"),
    ),
    AppendOnly("supervision_evaluated"),
    AppendOnly("supervision_draw"),
)
CARRIED = (
    Carried("lists_listing", "entry_id", "ledger_entry"),
    Carried("lists_listing", "notice_id", "notices_notice"),  # or its source attests that one was given
    Carried("lists_exit", "listing_id", "lists_listing"),
    Carried("commitments_finding", "commitment_id", "commitments_commitment"),
    Carried("commitments_finding", "notice_id", "notices_notice"),
    Carried("commitments_gravedelay", "prior_notice_id", "notices_notice"),
    Carried("commitments_gravedelay", "notice_id", "notices_notice"),  # once decided
    Carried("checks_applied", "check_id", "checks_check"),
    Carried("checks_changed", "check_id", "checks_check"),
    Carried("checks_changed", "notice_id", "notices_notice"),  # no answer changes silently
    Carried("checks_feedback", "check_id", "checks_check"),
    Carried("checks_warned", "follow_id", "checks_follow"),
    Carried("checks_warned", "notice_id", "notices_notice"),
    Carried("publication_decision", "entry_id", "ledger_entry"),
    Carried("notices_delivery", "notice_id", "notices_notice"),
    Carried("cases_step", "notice_id", "notices_notice"),  # no step without its notice
    Carried("cases_step", "part_id", "cases_part"),
    Carried("cases_clock", "part_id", "cases_part"),
    Carried("cases_point", "part_id", "cases_part"),
    Carried("cases_falseproof", "part_id", "cases_part"),
)
