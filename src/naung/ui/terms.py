"""Words that stand where no Django is: kinds of work, of money, of denominators. Marked here for the catalogue."""

from __future__ import annotations

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from naung.rules.periods import MonthSpan, add_months
from naung.ui import formats

#: Labels and groups of `bulk/occupations.yaml`.
WORK = (
    _("Pengemudi ojek"), _("Pengemudi ojek daring"), _("Penarik becak"), _("Sopir angkutan"), _("Kernet"), _("Kurir"),
    _("Pengemudi perahu penyeberangan"), _("Kusir delman"), _("Juru parkir"), _("Petani"), _("Pekebun"),
    _("Buruh tani"), _("Buruh kebun"), _("Peternak"), _("Pekerja hutan"), _("Nelayan"), _("Pembudidaya ikan"),
    _("Pengolah ikan"), _("Penjual ikan"), _("Pedagang kecil"), _("Pedagang keliling"), _("Pemilik warung"),
    _("Pelaku usaha mikro"), _("Perajin"), _("Penjahit"), _("Buruh bangunan"), _("Tukang bangunan"),
    _("Tukang kayu"), _("Tukang las"), _("Montir"), _("Penambang rakyat"), _("Buruh bongkar muat"),
    _("Buruh harian lepas"), _("Buruh pabrik rumahan"), _("Pekerja rumah tangga"), _("Pemulung"),
    _("Pengelola bank sampah"), _("Petugas kebersihan lingkungan"), _("Penjaga keamanan lingkungan"),
    _("Relawan bencana (Tagana)"), _("Penggali kubur"), _("Bilal mayit"), _("Marbot dan pengurus rumah ibadah"),
    _("Guru mengaji"), _("Rohaniwan"), _("Guru PAUD"), _("Kader posyandu"), _("Pengurus RT/RW"), _("Pekerja seni"),
    _("Pemangkas dan penata rambut"), _("Tukang pijat"), _("Juru masak"), _("Pekerja disabilitas"),
    _("Mengurus rumah tangga"), _("Pelajar atau mahasiswa"), _("Belum atau tidak bekerja"), _("Pegawai bergaji"),
    _("Perangkat desa"), _("Pensiunan"),
    _("Transportasi"), _("Jasa"), _("Pertanian"), _("Perikanan"), _("Perdagangan"), _("Industri rumahan"),
    _("Bangunan"), _("Bengkel"), _("Pertambangan"), _("Angkut"), _("Buruh"), _("Kebersihan"), _("Kemasyarakatan"),
    _("Keagamaan"), _("Pendidikan"), _("Tidak bekerja"), _("Bergaji"),
)  # fmt: skip
#: Labels of `rules.bpu_terms` and `rules.ucj`.
MONEY_AND_COUNTS = (
    _("APBD kabupaten/kota"), _("APBD provinsi"), _("APBDes"), _("DBH sawit"), _("DBHCHT"), _("dana Otsus"), _("CSR"),
    _("zakat"), _("donatur"), _("mandiri"), _("APBN"), _("angkutan (pengemudi dan kurir)"), _("di luar angkutan"),
    _("angkatan kerja (BPS Sakernas)"), _("penduduk bekerja"),
    _("pekerja eligible (penduduk bekerja tanpa ASN, TNI, Polri)"), _("potensi atau sasaran daerah (turunan BPS)"),
    _("orang yang ditargetkan (bukan UCJ)"),
)  # fmt: skip


def term(words: str) -> str:
    """A term in the language of the page; what the catalogue does not know stays as it is."""
    return gettext(words) if words else ""


def span_words(span: MonthSpan) -> str:
    """`Januari 2027 – Desember 2027`, or one month alone, in the language of the page."""
    language = get_language() or "id"
    ends = dict.fromkeys((span.first, add_months(span.end, -1)))
    return " – ".join(formats.month(one, language=language) for one in ends)
