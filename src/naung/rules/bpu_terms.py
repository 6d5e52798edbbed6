"""The words in which a BPU contribution is asked for: programmes, sector, payer, kind of base."""

from enum import StrEnum

from naung.rules.explaining import Words


class Programme(StrEnum):
    """The insurance programmes open to a BPU worker."""

    JKK = "JKK"
    JKM = "JKM"
    JHT = "JHT"


JKK_JKM = frozenset({Programme.JKK, Programme.JKM})
JKK_JKM_JHT = JKK_JKM | {Programme.JHT}


class Sector(StrEnum):
    """What PP 50/2025 tells apart: drivers and couriers, platform or not, and everybody else."""

    TRANSPORT = "transport"
    OTHER = "other"

    @property
    def words(self) -> Words:
        return _SECTORS[self]

    @property
    def label_id(self) -> str:
        return self.words.id


_SECTORS = {
    Sector.TRANSPORT: Words("angkutan (pengemudi dan kurir)", "transport (drivers and couriers)"),
    Sector.OTHER: Words("di luar angkutan", "outside transport"),
}


class Payer(StrEnum):
    """The kind of money that pays a contribution."""

    APBD_KAB = "apbd_kab"
    APBD_PROV = "apbd_prov"
    APBDES = "apbdes"
    DBH_SAWIT = "dbh_sawit"
    DBHCHT = "dbhcht"
    OTSUS = "otsus"
    CSR = "csr"
    ZAKAT = "zakat"
    DONOR = "donor"
    SELF = "self"
    APBN = "apbn"

    @property
    def words(self) -> Words:
        return _PAYERS[self]

    @property
    def label_id(self) -> str:
        return self.words.id


_PAYERS = {
    Payer.APBD_KAB: Words("APBD kabupaten/kota", "regency or city budget (APBD)"),
    Payer.APBD_PROV: Words("APBD provinsi", "provincial budget (APBD)"),
    Payer.APBDES: Words("APBDes", "village budget (APBDes)"),
    Payer.DBH_SAWIT: Words("DBH sawit", "palm-oil revenue share (DBH sawit)"),
    Payer.DBHCHT: Words("DBHCHT", "tobacco-excise revenue share (DBHCHT)"),
    Payer.OTSUS: Words("dana Otsus", "special-autonomy fund (Otsus)"),
    Payer.CSR: Words("CSR", "company social funds (CSR)"),
    Payer.ZAKAT: Words("zakat", "zakat"),
    Payer.DONOR: Words("donatur", "donor"),
    Payer.SELF: Words("mandiri", "the worker"),
    Payer.APBN: Words("APBN", "state budget (APBN)"),
}


class IncomeBase(StrEnum):
    """On what the percentages are taken: two sources differ, and the band table is the usual one.

    BAND: the base of the income band in Lampiran II. EXACT: the reported income itself.
    """

    BAND = "band"
    EXACT = "exact"
