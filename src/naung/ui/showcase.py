"""Every component in every state, as the page /komponen shows it: the call that a template writes, and what it draws.

Each example is drawn from the very call printed beside it, with the tags of every other page: there is no copy that
could grow old. People and figures are invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from naung.ui import charts
from naung.ui.badges import BADGES
from naung.ui.forms import DayInput, NIKInput, RupiahField


@dataclass(frozen=True, slots=True)
class Example:
    """One state of one component: the words over it and the call."""

    title: str | Promise
    call: str


@dataclass(frozen=True, slots=True)
class Group:
    """Examples of one kind. `breadth` is what each needs of the page: "" a third, "lebar" half, "penuh" all of it."""

    key: str
    title: str | Promise
    examples: tuple[Example, ...]
    breadth: str = ""


class SampleForm(forms.Form):
    """One field of each kind."""

    nik = forms.CharField(label=_("NIK"), help_text=_("16 angka di KTP"), widget=NIKInput())
    occupation = forms.ChoiceField(label=_("Pekerjaan"), choices=[("", _("Pilih satu")), ("a", _("Nelayan"))])
    born_on = forms.DateField(label=_("Tanggal lahir"), widget=DayInput(), required=False)
    amount = RupiahField(label=_("Jumlah dibayar"))
    same = forms.ChoiceField(
        label=_("Orang yang sama?"), widget=forms.RadioSelect, choices=[("1", _("Sama")), ("2", _("Berbeda"))]
    )
    sure = forms.BooleanField(label=_("Saya sudah memeriksa garis batas"))

    def clean_nik(self) -> str:
        given: str = self.cleaned_data["nik"]
        if len(given) != 16:
            raise forms.ValidationError(gettext("NIK harus 16 angka. Sekarang %(n)s.") % {"n": len(given)})
        return given


GROUPS: tuple[Group, ...] = (
    Group(
        "kartu",
        _("Kartu"),
        (
            Example(_("Biasa"), "{% card w.card %}{{ w.text }}{% endcard %}"),
            Example(_("Dengan tautan"), '{% card w.card link=w.details url="#kartu" %}{{ w.text }}{% endcard %}'),
            Example(_("Dengan keterangan"), "{% card w.card aside=w.workers %}{{ w.text }}{% endcard %}"),
            Example(_("Bertepi: perlu perhatian"), '{% card w.card css="tepi-warn" %}{{ w.text }}{% endcard %}'),
            Example(_("Bertepi: keputusan"), '{% card w.card css="kunyit" %}{{ w.text }}{% endcard %}'),
            Example(_("Kartu saringan"), '{% filter_card w.ending "4.994" "#kartu" tone="warn" note=w.people %}'),
            Example(_("Kartu saringan, dipilih"), '{% filter_card w.active "4.694" "#kartu" tone="ok" current=True %}'),
        ),
    ),
    Group(
        "status",
        _("Status"),
        (
            *(Example(badge.label, f'{{% badge "{state}" %}}') for state, badge in BADGES.items()),
            Example(_("Kata sendiri"), '{% badge "" w.age tone="warn" icon_name="hourglass" %}'),
        ),
    ),
    Group(
        "pesan",
        _("Pesan"),
        (
            Example(_("Keterangan"), "{% notice %}<b>{{ w.first }}</b> {{ w.text }}{% endnotice %}"),
            Example(_("Berhasil"), '{% notice "ok" %}<b>{{ w.first }}</b> {{ w.text }}{% endnotice %}'),
            Example(_("Perhatian"), '{% notice "warn" %}<b>{{ w.first }}</b> {{ w.text }}{% endnotice %}'),
            Example(_("Galat"), '{% notice "bad" %}<b>{{ w.first }}</b> {{ w.text }}{% endnotice %}'),
            Example(_("Tersimpan"), "{% toast w.kept %}"),
        ),
    ),
    Group(
        "keadaan",
        _("Lima keadaan setiap daftar"),
        (
            Example(_("Kosong"), "{% kosong w.none heading=3 %}{{ w.none_text }}{% endkosong %}"),
            Example(_("Memuat"), "{% memuat w.loading %}"),
            Example(
                _("Galat"),
                '{% keadaan "galat" w.failed url="#keadaan" link=w.again heading=3 %}'
                "{{ w.failed_text }}{% endkeadaan %}",
            ),
            Example(
                _("Sebagian"),
                '{% keadaan "sebagian" w.partial url="#keadaan" link=w.missing heading=3 %}'
                "{{ w.partial_text }}{% endkeadaan %}",
            ),
            Example(
                _("Tanpa sinyal"),
                '{% keadaan "tanpa_sinyal" w.offline url="#keadaan" link=w.queue heading=3 %}'
                "{{ w.offline_text }}{% endkeadaan %}",
            ),
        ),
    ),
    Group(
        "identitas",
        _("Identitas dan aturan"),
        (
            Example(_("NIK disamarkan"), '{% masked_nik "1275" "0007" %}'),
            Example(_("Empat angka terakhir saja"), '{{ "0007"|masked_nik }}'),
            Example(_("Tanpa NIK"), '{{ ""|masked_nik }}'),
            Example(_("Nama disamarkan"), '{{ "Contoh Pekerja"|masked_name }}'),
            Example(_("Kutipan aturan"), '{% cite "PP 82/2019" "#identitas" %}'),
            Example(_("Kutipan belum diverifikasi"), '{% cite "PP 50/2025" confidence="recalled" %}'),
            Example(_("Sumber dan tanggal"), "{% source w.source today %}"),
        ),
    ),
    Group(
        "angka",
        _("Angka, uang, tanggal"),
        (
            Example(_("Uang"), "{{ 1008000000|rupiah }}"),
            Example(_("Uang ringkas"), "{{ 1008000000|rupiah_short }}"),
            Example(_("Jumlah"), "{{ 132826|number_id }}"),
            Example(_("Persen"), "{{ share|percent_id }}"),
            Example(_("Tanggal"), "{{ today|date_id }}"),
            Example(_("Tanggal di tabel"), "{{ today|date_short }}"),
            Example(_("Tenggat"), "{{ today|date_long }}"),
            Example(_("Bulan"), "{{ today|month_id }}"),
            Example(_("Tidak ada"), "{{ None|or_dash }}"),
        ),
    ),
    Group(
        "langkah",
        _("Langkah, hitungan, meter"),
        (
            Example(_("Langkah pertama"), "{% chain_stepper 1 %}"),
            Example(_("Langkah di tengah"), "{% chain_stepper 3 %}"),
            Example(_("Semua selesai"), "{% chain_stepper 7 %}"),
            Example(_("Persamaan anggaran"), "{% budget_equation 5000 16800 12 1008000000 %}"),
            Example(_("Meter"), "{% meter 3 of=10 label=w.paid %}"),
            Example(_("Meter dengan rencana"), "{% meter 3 of=10 target=4 label=w.paid %}"),
            Example(_("Meter penuh"), "{% meter 10 of=10 target=8 label=w.paid %}"),
        ),
        breadth="penuh",
    ),
    Group(
        "cakupan",
        _("Cakupan dan sasaran"),
        (
            Example(
                _("Resmi, perkiraan, sasaran"),
                "{% ucj_bar 43526 132826 estimate=4694 target=target %}{% source w.source today %}",
            ),
            Example(_("Tanpa sasaran"), "{% ucj_bar 43526 132826 %}{% source w.source today %}"),
            Example(_("Sasaran tercapai"), "{% ucj_bar 70000 132826 target=target %}{% source w.source today %}"),
            Example(
                _("Hampir semua"), "{% ucj_bar 132000 132826 estimate=800 target=all %}{% source w.source today %}"
            ),
        ),
        breadth="lebar",
    ),
    Group(
        "bulan",
        _("Kapan perlindungan berakhir"),
        (
            Example(
                _("Lunas, belum dibayar, direncanakan, tanpa dana"),
                "{% cliff months ends_on=ends note=w.unplanned width=720 %}{% source w.book today %}",
            ),
            Example(_("Di samping kartu lain"), "{% cliff months ends_on=ends %}{% source w.book today %}"),
            Example(_("Tanpa akhir"), "{% cliff paid_months %}{% source w.book today %}"),
            Example(
                _("Satu orang, empat jalur"),
                "{% coverage_timeline lanes first=first months=12 today=today ends_on=ends label=w.person %}"
                "{% source w.book today %}",
            ),
        ),
        breadth="penuh",
    ),
    Group(
        "uang",
        _("Siapa membayar, jalan menuju sasaran"),
        (
            Example(_("Menutup gap"), "{% waterfall 16246 closings w.need %}{% source w.book today %}"),
            Example(_("Dana cukup"), "{% waterfall 4000 closings w.need %}{% source w.book today %}"),
            Example(_("Belum ada dana sama sekali"), "{% waterfall 16246 nothing w.need %}{% source w.book today %}"),
            Example(_("Siapa membayar"), "{% who_pays payments w.who %}{% source w.book today %}"),
        ),
        breadth="lebar",
    ),
    Group(
        "wilayah",
        _("Wilayah dan jalan orang"),
        (
            Example(_("Per kecamatan, di tempatnya"), "{% tile_map tiles w.districts %}{% source w.source today %}"),
            Example(
                _("Urut kode, satu tanpa angka"),
                "{% tile_map grid_tiles w.districts in_place=False %}{% source w.book today %}",
            ),
            Example(_("Dari usulan sampai aktif"), "{% funnel stages w.funnel %}{% source w.book today %}"),
        ),
        breadth="lebar",
    ),
    Group(
        "daftar",
        _("Tabel, garis batas, tindakan massal"),
        (
            Example(
                _("Tabel dengan garis batas"),
                '{% tablewrap w.table %}<table class="t"><caption class="vh">{{ w.table }}</caption><thead><tr>'
                '<th scope="col">{{ w.name }}</th><th scope="col">NIK</th>'
                '<th scope="col" class="n">{{ w.rate }}</th></tr>'
                '</thead><tbody><tr><th scope="row">{{ w.sample }} 1</th><td>{% masked_nik "1275" "0007" %}</td>'
                '<td class="n num">{{ 16800|rupiah }}</td></tr>{% cut_line w.cut 3 url="#daftar" link=w.details %}'
                "</tbody></table>{% endtablewrap %}",
            ),
            Example(_("Halaman daftar"), "{% pagination pages %}"),
            Example(
                _("Tindakan massal"),
                '{% massal w.chosen %}<button class="btn btn-sm" type="button">{{ w.verify }}</button>'
                '<button class="btn btn-sm" type="button">{{ w.unselect }}</button>{% endmassal %}',
            ),
            Example(
                _("Tombol"),
                '<div class="row2"><a class="btn btn-primary" href="#daftar">{{ w.propose }}</a>'
                '<a class="btn btn-light" href="#daftar">{{ w.draft }}</a>'
                '<a class="btn btn-quiet" href="#daftar">{{ w.cancel }}</a></div>',
            ),
        ),
        breadth="lebar",
    ),
    Group(
        "isian",
        _("Isian dan galatnya"),
        (
            Example(_("Isian"), "<form>{{ form }}</form>"),
            Example(_("Ringkasan galat dan isian yang salah"), "<form>{{ faulty }}</form>"),
        ),
    ),
)


def words() -> Mapping[str, str]:
    """The words of the samples, in the language of the page."""
    _ = gettext
    return {
        "card": _("Anggaran program"), "details": _("Rincian"), "text": _("Isi kartu menjawab satu pertanyaan."),
        "workers": _("pekerja"), "ending": _("Berakhir dalam 90 hari"), "people": _("orang"),
        "active": _("Aktif bulan ini"), "age": _("berumur 16 bulan"), "first": _("Akibatnya lebih dulu."),
        "kept": _("Tersimpan"), "none": _("Belum ada usulan"),
        "none_text": _("Unggah daftar dari desa atau tambah satu per satu."), "loading": _("Memuat 214 baris…"),
        "failed": _("Gagal memuat"), "failed_text": _("Sambungan ke BPJS terputus pukul 09.14. Isian Anda aman."),
        "again": _("Coba lagi"), "partial": _("Data sebagian"),
        "partial_text": _("4 dari 5 kecamatan sudah masuk. Binjai Barat menyusul, terakhir 2 Mar."),
        "missing": _("Lihat yang kurang"), "offline": _("Tanpa sinyal"),
        "offline_text": _("3 perbaikan tersimpan di ponsel ini. Terkirim saat tersambung."),
        "queue": _("Lihat antrean"), "source": _("angka contoh"), "book": _("angka contoh"),
        "paid": _("Iuran terbayar"), "unplanned": _("2027 belum ada SK"), "person": _("Perlindungan satu orang"),
        "need": _("Perlu untuk 45%"), "who": _("Siapa membayar"), "districts": _("Per kecamatan"),
        "funnel": _("Dari usulan sampai aktif"), "table": _("Urutan calon"), "name": _("Nama"), "rate": _("Iuran"),
        "sample": _("Contoh Pekerja"), "cut": _("Garis batas kuota 5.000. Nilai sama diputus oleh usia."),
        "chosen": _("3 dipilih"), "verify": _("Verifikasi"), "unselect": _("Batal pilih"),
        "propose": _("Ajukan untuk SK"), "draft": _("Simpan draf"), "cancel": _("Batalkan pengajuan"),
    }  # fmt: skip


def contents() -> dict[str, Any]:
    """What the calls of GROUPS name besides their own words."""
    paid = [charts.CliffMonth(date(2026, number, 1), paid=5000 - 3 * number) for number in range(1, 11)]
    after = [charts.CliffMonth(date(2027, number, 1), unfunded=4994) for number in (1, 2)]
    november = charts.CliffMonth(date(2026, 11, 1), paid=4694, unpaid=300)
    december = charts.CliffMonth(date(2026, 12, 1), planned=4994)
    places = ((1, 0), (0, 1), (1, 1), (2, 1), (1, 2))
    names = (gettext("Utara"), gettext("Barat"), gettext("Kota"), gettext("Timur"), gettext("Selatan"))
    rates = (Decimal(36), Decimal(30), Decimal(39), Decimal(31), Decimal(29))
    covered = charts.Stretch(date(2026, 1, 1), date(2026, 12, 1), gettext("Terlindungi"), "covered")
    gap = charts.Stretch(date(2026, 12, 1), date(2027, 1, 1), gettext("Terputus"), "gap")
    payer = charts.Stretch(date(2026, 1, 1), date(2026, 12, 1), gettext("APBD kabupaten/kota"), "payer")
    months_paid = charts.Stretch(date(2026, 1, 1), date(2026, 11, 1), "", "paid")
    unpaid = charts.Stretch(date(2026, 11, 1), date(2026, 12, 1), gettext("belum dibayar"), "unpaid")
    full = charts.Stretch(date(2026, 4, 1), date(2026, 12, 1), gettext("JKM penuh"), "full")
    limited = charts.Stretch(date(2026, 1, 1), date(2026, 4, 1), gettext("Terbatas"), "limited")
    return {
        "w": words(),
        "today": date(2026, 11, 21),
        "first": date(2026, 1, 1),
        "ends": date(2026, 11, 30),
        "share": Decimal("36.5"),
        "target": Decimal(45),
        "all": Decimal(100),
        "months": [*paid, november, december, *after],
        "paid_months": paid,
        "lanes": [
            charts.Lane(gettext("Perlindungan"), gettext("JKK dan JKM"), (covered, gap)),
            charts.Lane(gettext("Sumber dana"), gettext("satu pembayar"), (payer,)),
            charts.Lane(gettext("Iuran"), gettext("per bulan"), (months_paid, unpaid)),
            charts.Lane(gettext("Jenjang manfaat"), gettext("JKM"), (limited, full)),
        ],
        "closings": [
            charts.Closing(gettext("Program 2026"), 4994, "apbd"),
            charts.Closing(gettext("CSR, janji"), 2400, "csr", promised=True),
            charts.Closing(gettext("APBD provinsi"), 1500, "provinsi"),
        ],
        "nothing": [],
        "payments": [
            charts.Payment(gettext("APBD kabupaten/kota"), 5000, "Rp1.008.000.000", "apbd"),
            charts.Payment(gettext("CSR perusahaan"), 2400, "Rp483.840.000", "csr", gettext("janji, belum PKS")),
            charts.Payment(gettext("Belum ada dana"), 2746, "Rp553.593.600"),
        ],
        "tiles": [
            charts.Tile(name, rate, f"{rate}%", place) for name, rate, place in zip(names, rates, places, strict=True)
        ],
        "grid_tiles": [
            charts.Tile(names[0], 906, "906", (0, 0)),
            charts.Tile(names[1], 770, "770", (1, 0)),
            charts.Tile(names[2], None, "—", (0, 1)),
        ],
        "stages": [
            charts.FunnelStage(gettext("Diusulkan"), 7214),
            charts.FunnelStage(gettext("Terpilih"), 5000),
            charts.FunnelStage(gettext("Aktif hari ini"), 4702, active=True),
        ],
        "pages": Paginator(range(1200), 50).get_page(3),
        "form": SampleForm(auto_id="isi_%s"),
        "faulty": SampleForm({"nik": "127500000000007", "same": "1"}, auto_id="salah_%s"),
    }
