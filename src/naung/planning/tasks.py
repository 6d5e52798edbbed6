"""How work is said: its words, the button that opens the exact page, and how late it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from naung.agreements.reminders import step_of
from naung.planning.waiting import Waiting


@dataclass(frozen=True)
class Kind:
    """One kind of work: what it asks, in which unit its count is, on which page and under which menu item it is done.

    `money` says what the rupiah beside it are; `query` is the filter of a page that is a list. `together` is the page
    of many of them, `together_query` its filter, and `things` what they are. Within `near_days` it is shown as near.
    """

    words: str | Promise
    unit: str | Promise
    button: str | Promise
    icon: str
    url_name: str
    menu: str
    money: str | Promise = ""
    about_one: bool = True
    query: str = ""
    together: str = ""
    together_query: str = ""
    things: str | Promise = ""
    near_days: int = 7


_BILLS, _WORKERS, _SELECTION = "contributions:bills", "registry:workers", "programmes:list"
_PEOPLE, _ROWS = _("orang"), _("baris")

TASKS = {
    "cover_ending": Kind(
        _("Perlindungan akan berakhir"), _PEOPLE, _("Usulkan perpanjangan"), "calendar", "coverage:list",
        "coverage:list", _("untuk 12 bulan"), about_one=False, query="berakhir={days}",
    ),
    "bill_to_pay": Kind(
        _("Tagihan belum lunas"), _PEOPLE, _("Catat pembayaran"), "wallet", "contributions:bill", _BILLS,
        _("belum dibayar"),
    ),
    "bill_to_follow": Kind(
        _("Tagihan belum dibayar"), _PEOPLE, _("Lihat tagihan"), "receipt", "contributions:bill", _BILLS,
        _("belum dibayar"),
    ),
    "payment_to_confirm": Kind(
        _("Pembayaran menunggu konfirmasi"), _PEOPLE, _("Periksa pembayaran"), "checks", "contributions:bill", _BILLS,
        _("tercatat"),
    ),
    "round_to_approve": Kind(
        _("Penetapan menunggu persetujuan Anda"), _PEOPLE, _("Tinjau"), "signature", "selection:round", _SELECTION,
        _("sampai program berakhir"),
    ),
    "round_to_submit": Kind(
        _("Seleksi belum diajukan"), _PEOPLE, _("Periksa seleksi"), "list-check", "selection:round", _SELECTION,
        _("sampai program berakhir"),
    ),
    "bill_to_issue": Kind(
        _("Belum ditagihkan bulan ini"), _PEOPLE, _("Terbitkan tagihan"), "receipt", "contributions:issue", _BILLS,
        _("sebulan"), about_one=False, query="jalur={id}",
    ),
    "difference_to_settle": Kind(
        _("Selisih dengan daftar cabang"), _PEOPLE, _("Selesaikan selisih"), "git-merge", "contributions:reconcile",
        _BILLS,
    ),
    "list_to_fix": Kind(
        _("Baris perlu diperbaiki"), _ROWS, _("Perbaiki baris"), "pencil", "registry:list", _WORKERS,
    ),
    "list_to_review": Kind(
        _("Baris perlu diputuskan"), _ROWS, _("Bandingkan"), "git-merge", "registry:list", _WORKERS,
        together="registry:lists", things=_("daftar usulan"),
    ),
    "list_to_verify": Kind(
        _("Daftar menunggu verifikasi"), _ROWS, _("Verifikasi daftar"), "checks", "registry:list", _WORKERS,
        together="registry:lists", things=_("daftar usulan"), together_query="keadaan=menunggu",
    ),
    "deaths_old": Kind(
        _("Data kematian perlu diperbarui"), _PEOPLE, _("Unggah data kematian"), "database", "registry:references",
        _WORKERS, about_one=False,
    ),
    "members_old": Kind(
        _("Data peserta lain perlu diperbarui"), _PEOPLE, _("Unggah data peserta"), "database", "registry:references",
        _WORKERS, about_one=False,
    ),
    "question_open": Kind(
        _("Pertanyaan hukum belum diputuskan"), _("pertanyaan"), _("Putuskan"), "scale", "lawbook:questions",
        "lawbook:list", about_one=False,
    ),
    "cards_to_print": Kind(
        _("Kartu belum dicetak"), _PEOPLE, _("Terbitkan kartu"), "id", "programmes:cards", _SELECTION,
    ),
    "basis_lost": Kind(
        _("Bulan program tanpa dasar kerja sama"), _("bulan"), _("Pilih perjanjian"), "heart-handshake",
        "programmes:basis", _SELECTION, together="programmes:list", things=_("program"),
    ),
    "pks_due": Kind(
        _("PKS belum ditandatangani"), _("PKS"), _("Lanjutkan PKS"), "heart-handshake", "agreements:detail",
        "agreements:list",
    ),
    "nota_due": Kind(
        _("Nota Kesepakatan belum ditandatangani"), "", _("Lanjutkan naskah"), "heart-handshake", "agreements:detail",
        "agreements:list", together="agreements:list", together_query="keadaan=draf", things=_("naskah"),
    ),
    "own_pks": Kind(
        _("PKS Anda belum ditandatangani"), "", _("Lanjutkan PKS"), "heart-handshake", "agreements:pks",
        "agreements:list",
    ),
    "agreement_ending": Kind(
        _("Masa berlaku berakhir"), "", _("Perpanjang"), "calendar", "agreements:renew", "agreements:list",
        together="agreements:list", together_query="keadaan=akan-berakhir", things=_("naskah"), near_days=30,
    ),
    "renewal_due": Kind(
        _("Masa berlaku berakhir, perpanjangan belum ditandatangani"), "", _("Lanjutkan perpanjangan"), "calendar",
        "agreements:detail", "agreements:list", together="agreements:list", together_query="keadaan=akan-berakhir",
        things=_("naskah"), near_days=30,
    ),
    "own_ending": Kind(
        _("Masa berlaku PKS Anda berakhir"), "", _("Lihat PKS"), "calendar", "agreements:pks", "agreements:list",
        together="agreements:list", together_query="keadaan=akan-berakhir", things=_("PKS"), near_days=30,
    ),
    "agreement_incomplete": Kind(
        _("Sudah ditandatangani, data belum lengkap"), "", _("Lengkapi"), "pencil", "agreements:edit",
        "agreements:list", together="agreements:list", together_query="keadaan=belum-lengkap", things=_("naskah"),
    ),
    "agreement_ready": Kind(
        _("Sudah ditandatangani dan lengkap, belum dinyatakan berlaku"), "", _("Nyatakan berlaku"), "circle-check",
        "agreements:move", "agreements:list", together="agreements:list", together_query="keadaan=belum-lengkap",
        things=_("naskah"),
    ),
    "own_signed": Kind(
        _("PKS Anda sudah ditandatangani, belum berlaku"), "", _("Lihat PKS"), "heart-handshake", "agreements:pks",
        "agreements:list", together="agreements:list", together_query="keadaan=belum-lengkap", things=_("PKS"),
    ),
    "instrument_doubtful": Kind(
        _("Dasar hukum diragukan, belum diperiksa"), _("peraturan"), _("Periksa peraturan"), "scale",
        "agreements:instruments", "agreements:list", about_one=False,
    ),
    "follow_up": Kind(
        _("Tugas kerja sama"), "", _("Catat hasilnya"), "flag", "agreements:finish", "agreements:list",
        together="agreements:tasks", things=_("tugas"),
    ),
    "pledge_without_pks": Kind(
        _("Komitmen tanpa PKS"), _PEOPLE, _("Siapkan PKS"), "heart-handshake", "planning:csr-office", _BILLS,
        _("dijanjikan"), together="planning:csr", things=_("komitmen"),
    ),
    "employer_due": Kind(
        _("Tagih pemberi kerja"), _("belum terdaftar"), _("Catat hasilnya"), "briefcase", "partners:approach-settle",
        "partners:employers", together="partners:employers", things=_("pemberi kerja"),
    ),
    "figure_old": Kind(
        _("Angka UCJ perlu diperbarui"), "", _("Catat angka UCJ"), "report-analytics", "planning:planner",
        "planning:planner", about_one=False,
    ),
}  # fmt: skip


_REMINDED = ("agreement_ending", "renewal_due", "own_ending")


@dataclass(frozen=True)
class Task:
    """One task as a person reads it; `days` are left until the deadline, negative when it has passed."""

    item: Waiting
    kind: Kind
    url: str
    days: int | None

    @property
    def subject(self) -> str:
        """What it is about; of many, how many they are."""
        return self.item.subject or f"{self.item.things} {self.kind.things}"

    @property
    def late(self) -> bool:
        return self.days is not None and self.days < 0

    @property
    def near(self) -> bool:
        return self.days is not None and 0 <= self.days <= self.kind.near_days

    @property
    def reminder(self) -> int | None:
        """Of a paper that ends: which of the reminders this is, 90, 60 or 30 days."""
        return step_of(self.days) if self.days is not None and self.item.kind in _REMINDED else None

    @property
    def how_late(self) -> str:
        """`lewat 12 hari`, `hari ini`, `7 hari lagi`; nothing without a deadline."""
        if self.days is None:
            return ""
        if self.days == 0:
            return str(_("hari ini"))
        if self.days < 0:
            return ngettext("lewat %(n)s hari", "lewat %(n)s hari", -self.days) % {"n": -self.days}
        return ngettext("%(n)s hari lagi", "%(n)s hari lagi", self.days) % {"n": self.days}


def told(waiting: Iterable[Waiting], *, on: date) -> list[Task]:
    """The work with its words and links; where a page does not exist, there is no button."""
    return [_told(item, on) for item in waiting]


def _told(item: Waiting, on: date) -> Task:
    days = (item.due_on - on).days if item.due_on else None
    return Task(item, TASKS[item.kind], _url(item, days), days)


def _url(item: Waiting, days: int | None) -> str:
    kind = TASKS[item.kind]
    try:
        if item.things > 1:
            return f"{reverse(kind.together)}?{kind.together_query}".rstrip("?")
        address = reverse(kind.url_name, args=[item.target_id] if kind.about_one else [])
    except NoReverseMatch:
        return ""
    if not kind.query:
        return address
    # The nearest of the three reaches that the page of cover offers.
    reach = next((span for span in (7, 30) if days is not None and days <= span), 90)
    return f"{address}?{kind.query.format(id=item.target_id, days=reach)}"


def counts_by_menu(waiting: Iterable[Waiting]) -> dict[str, int]:
    """How much of this person's work is done under each item of the menu."""
    return dict(Counter(TASKS[item.kind].menu for item in waiting))


def all_done_until(waiting: Iterable[Waiting], *, on: date, horizon: date) -> date:
    """With nothing to do now: until when that holds, as far as the deadlines known today tell."""
    return min((item.due_on for item in waiting if item.due_on and item.due_on > on), default=horizon)
