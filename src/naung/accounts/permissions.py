"""What each role may do. A role sees its pages by permission, and its rows by territory."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The people of product.md §2."""

    PROGRAMME_OFFICER = "programme_officer", _("Staf pengelola program")
    VILLAGE_OPERATOR = "village_operator", _("Operator desa/kelurahan")
    BRANCH_OFFICER = "branch_officer", _("Petugas cabang BPJS Ketenagakerjaan")
    FINANCE_OFFICER = "finance_officer", _("Petugas keuangan (BPKAD)")
    LEADER = "leader", _("Pimpinan daerah")
    DONOR = "donor", _("Perusahaan/donatur")
    AUDITOR = "auditor", _("Auditor")
    PROVINCE = "province", _("Pemerintah provinsi")
    ADMIN = "admin", _("Admin daerah")
    LEGAL_OFFICER = "legal_officer", _("Bagian Hukum dan Kerja Sama")
    OFFICE_PIC = "office_pic", _("Petugas perangkat daerah")


class Permission(StrEnum):
    WORKERS_VIEW = "workers.view"
    IDENTITY_REVEAL = "identity.reveal"
    LIST_UPLOAD = "list.upload"
    LIST_DECIDE = "list.decide"
    REFERENCE_UPLOAD = "reference.upload"
    PROGRAMMES_VIEW = "programmes.view"
    PROGRAMME_EDIT = "programme.edit"
    SELECTION_RUN = "selection.run"
    DECREE_APPROVE = "decree.approve"
    LEAVE_RECORD = "leave.record"
    CARDS_ISSUE = "cards.issue"
    BILLS_VIEW = "bills.view"
    BILL_ISSUE = "bill.issue"
    PAYMENT_RECORD = "payment.record"
    PLEDGE_PAY = "pledge.pay"
    PAYMENT_CONFIRM = "payment.confirm"
    FIGURES_VIEW = "figures.view"
    FIGURES_EDIT = "figures.edit"
    AGREEMENTS_VIEW = "agreements.view"
    AGREEMENT_EDIT = "agreement.edit"
    # Those of the person's own office, and no other.
    AGREEMENT_EDIT_OWN = "agreement.edit_own"
    OUTREACH_EDIT = "outreach.edit"
    PARTNERS_VIEW = "partners.view"
    PARTNERS_EDIT = "partners.edit"
    PAPERS_VIEW = "papers.view"
    PAPERS_ISSUE = "papers.issue"
    TEMPLATES_EDIT = "templates.edit"
    AUDIT_VIEW = "audit.view"
    LAW_CHECK = "law.check"
    LAW_DECIDE = "law.decide"
    SETTINGS_EDIT = "settings.edit"


_P = Permission

PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.PROGRAMME_OFFICER: frozenset(
        {
            _P.WORKERS_VIEW,
            _P.IDENTITY_REVEAL,
            _P.LIST_UPLOAD,
            _P.LIST_DECIDE,
            _P.REFERENCE_UPLOAD,
            _P.PROGRAMMES_VIEW,
            _P.PROGRAMME_EDIT,
            _P.SELECTION_RUN,
            _P.LEAVE_RECORD,
            _P.CARDS_ISSUE,
            _P.BILLS_VIEW,
            _P.BILL_ISSUE,
            _P.FIGURES_VIEW,
            _P.FIGURES_EDIT,
            _P.AGREEMENTS_VIEW,
            _P.AGREEMENT_EDIT,
            _P.OUTREACH_EDIT,
            _P.PARTNERS_VIEW,
            _P.PARTNERS_EDIT,
            _P.PAPERS_VIEW,
            _P.PAPERS_ISSUE,
            _P.LAW_DECIDE,
        }
    ),
    Role.VILLAGE_OPERATOR: frozenset({_P.WORKERS_VIEW, _P.LIST_UPLOAD, _P.FIGURES_VIEW}),
    Role.BRANCH_OFFICER: frozenset(
        {
            _P.WORKERS_VIEW,
            _P.IDENTITY_REVEAL,
            _P.REFERENCE_UPLOAD,
            _P.PROGRAMMES_VIEW,
            _P.BILLS_VIEW,
            _P.PAYMENT_CONFIRM,
            _P.FIGURES_VIEW,
            _P.AGREEMENTS_VIEW,
            _P.OUTREACH_EDIT,
            _P.PARTNERS_VIEW,
            _P.PARTNERS_EDIT,
            _P.PAPERS_VIEW,
        }
    ),
    Role.FINANCE_OFFICER: frozenset({_P.PROGRAMMES_VIEW, _P.BILLS_VIEW, _P.PAYMENT_RECORD, _P.FIGURES_VIEW}),
    # Leaders see counts, never people (design.md §1.6).
    Role.LEADER: frozenset(
        {
            _P.PROGRAMMES_VIEW,
            _P.DECREE_APPROVE,
            _P.BILLS_VIEW,
            _P.FIGURES_VIEW,
            _P.AGREEMENTS_VIEW,
            _P.PARTNERS_VIEW,
            _P.PAPERS_VIEW,
        }
    ),
    # A company pays the bills of its own pledge, and no other.
    Role.DONOR: frozenset({_P.BILLS_VIEW, _P.PLEDGE_PAY}),
    Role.AUDITOR: frozenset(
        {
            _P.WORKERS_VIEW,
            _P.IDENTITY_REVEAL,
            _P.PROGRAMMES_VIEW,
            _P.BILLS_VIEW,
            _P.FIGURES_VIEW,
            _P.AGREEMENTS_VIEW,
            _P.PARTNERS_VIEW,
            _P.PAPERS_VIEW,
            _P.AUDIT_VIEW,
        }
    ),
    Role.PROVINCE: frozenset({_P.PROGRAMMES_VIEW, _P.FIGURES_VIEW, _P.AGREEMENTS_VIEW}),
    # The rules are in the care of the region's admin (design.md §4, screen 22).
    Role.ADMIN: frozenset(
        {
            _P.PROGRAMMES_VIEW,
            _P.FIGURES_VIEW,
            _P.AGREEMENTS_VIEW,
            _P.AUDIT_VIEW,
            _P.LAW_CHECK,
            _P.LAW_DECIDE,
            _P.SETTINGS_EDIT,
            _P.TEMPLATES_EDIT,
        }
    ),
    # Drafts and reviews the papers of all offices; decides about no person and no money.
    Role.LEGAL_OFFICER: frozenset(
        {
            _P.PROGRAMMES_VIEW,
            _P.FIGURES_VIEW,
            _P.AGREEMENTS_VIEW,
            _P.AGREEMENT_EDIT,
            _P.PARTNERS_VIEW,
            _P.PAPERS_VIEW,
            _P.PAPERS_ISSUE,
            _P.TEMPLATES_EDIT,
        }
    ),
    # Brings the PKS of its own office to signature, and holds the meetings of its sector.
    Role.OFFICE_PIC: frozenset(
        {_P.PROGRAMMES_VIEW, _P.FIGURES_VIEW, _P.AGREEMENTS_VIEW, _P.AGREEMENT_EDIT_OWN, _P.OUTREACH_EDIT}
    ),
}


def permissions_of(role: str) -> frozenset[Permission]:
    return PERMISSIONS.get(role, frozenset())
