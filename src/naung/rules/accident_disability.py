"""How many per cent a partial disability counts: the rows of the table, right and left, several losses together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from naung.refusal import Refusal
from naung.rules.accident_facts import Loss, Side
from naung.rules.dated import Citation, Cited, Confidence
from naung.rules.explaining import Step, Words
from naung.rules.law import Law
from naung.rules.money import Rupiah, is_whole, percent, rupiah, share
from naung.saying import Known, Sentence, gettext_noop
from naung.saying import sentence as _

TABLE = "jkk.disability.percent"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LossPercent:
    """What one loss counts, as a share (0.35 for 35%), and the step that says why."""

    loss: Loss
    rate: Fraction
    step: Step


@dataclass(frozen=True, slots=True)
class PartialDisability:
    """The share of 80 wages that several losses make together, what it gives, and the steps to it."""

    rate: Fraction
    amount: Rupiah
    steps: tuple[Step, ...]


def partial_disability(
    on: date, *, losses: Sequence[Loss], wage: Rupiah, left_handed: bool, law: Law
) -> PartialDisability:
    """The grant for partial disability, in whole rupiah: the percentages added up × 80 × the monthly wage.

    A functional loss counts its share of the function times the percentage of the table. Of a left-handed
    worker right and left swap. Several losses together count at most 70%. Raises UnknownPart, SideNeeded,
    ImpossibleLoss, MoreThanTheBodyHas.

    Source: PP 44/2015 and PP 82/2019 Lampiran III (most rows of the table recalled).
    """
    _require_one_body(losses)
    table = law.table(TABLE).cited(on)
    counted = [
        loss_percent(loss, number, left_handed=left_handed, table=table) for number, loss in enumerate(losses, start=1)
    ]
    rate, together = _together(counted, law.rate("jkk.disability.max_sum").cited(on))
    last = _grant_step(on, counted, rate, wage, law)
    return PartialDisability(rate, last.amount or 0, (*(one.step for one in counted), *together, last))


_GRANTS = {False: Words("anatomis", "anatomical"), True: Words("fungsi", "functional")}


def _together(counted: Sequence[LossPercent], most: Cited[Decimal]) -> tuple[Fraction, tuple[Step, ...]]:
    """The sum of the percentages, with a step where there are several or the limit is reached."""
    whole = sum((one.rate for one in counted), Fraction(0))
    limit = Fraction(most.value)
    if len(counted) == 1 and whole <= limit:
        return whole, ()
    formula = " + ".join(percent(one.rate) for one in counted)
    if len(counted) > 1:
        formula += f" = {percent(whole)}"
    if whole > limit:
        words = Words(
            f"Jumlah persentase, paling banyak {percent(limit)}",
            f"The percentages together, at most {_in_english(limit)}",
        )
        formula += f" > {percent(limit)}"
    else:
        words = Words("Persentase dijumlahkan", "The percentages are added up")
    return min(whole, limit), (Step("jkk.disability.max_sum", words, formula, None, (most.citation,)),)


def _in_english(rate: Fraction) -> str:
    """`4.5%`: a share as English writes it."""
    return percent(rate).replace(",", ".")


def _grant_step(on: date, counted: Sequence[LossPercent], rate: Fraction, wage: Rupiah, law: Law) -> Step:
    functional = [one.loss.function_lost is not None for one in counted]
    terms = []
    if not all(functional):
        terms.append(law.mapping("jkk.disability.partial_anatomical").cited(on))
    if any(functional):
        terms.append(law.mapping("jkk.disability.partial_function").cited(on))
    # 80 in both; a scenario that parts them gives losses of both kinds the better one.
    months: int = max(one.value["months"] for one in terms)
    amount, whole = share(wage * months, rate), is_whole(wage * months, rate)
    citations = [one.citation for one in terms]
    if not whole:
        citations.append(law.words("rounding").cited(on).citation)
    which_id = " dan ".join(_GRANTS[kind].id for kind in sorted(set(functional)))
    which_en = " and ".join(_GRANTS[kind].en for kind in sorted(set(functional)))
    words = Words(f"Santunan cacat sebagian {which_id}", f"Grant for partial {which_en} disability")
    formula = f"{percent(rate)} × {months} × {rupiah(wage)} {'=' if whole else '≈'} {rupiah(amount)}"
    return Step("jkk.disability.partial", words, formula, amount, tuple(citations))


def loss_percent(loss: Loss, number: int, *, left_handed: bool, table: Cited[tuple[Row, ...]]) -> LossPercent:
    """What one loss counts by the table, as a share, with its step (`jkk.loss.<number>`)."""
    own = _row(loss.part, loss.side, table.value)
    swapped = left_handed and own["side"] != "none"
    row = _row(loss.part, loss.side.other, table.value) if swapped and loss.side else own
    quoted, formula, inferred = _quoted(loss, row)
    words = Words(_capital(own["label"]), _capital(own["label_en"]))
    if swapped:
        words = Words(f"{words.id} (kidal: kanan dan kiri bertukar)", f"{words.en} (left-handed: right and left swap)")
    rate = quoted
    if loss.function_lost is not None:
        _require_share(loss.function_lost, loss.part)
        rate = quoted * Fraction(loss.function_lost)
        words = Words(f"{words.id}, fungsi berkurang", f"{words.en}, function lost")
        formula = f"{percent(loss.function_lost)} × {formula or percent(quoted)} = {percent(rate)}"
    if inferred:
        words = Words(f"{words.id}; dihitung setiap {row['per']} penuh", f"{words.en}; each full {row['per']} counts")
    step = Step(
        f"jkk.loss.{number}", words, formula or percent(rate), None, (row_citation(table.citation, row),),
        inferred=inferred,
    )  # fmt: skip
    return LossPercent(loss, rate, step)


def row_citation(citation: Citation, row: Row) -> Citation:
    """The citation of the table, as sure as this row is; a check of the table, or a scenario, covers its rows."""
    if citation.confidence in {Confidence.CHECKED, Confidence.SCENARIO}:
        return citation
    return replace(citation, confidence=Confidence(row.get("confidence", Confidence.RECALLED)))


def _row(part: str, side: Side | None, rows: Sequence[Row]) -> Row:
    found = {row["side"]: row for row in rows if row["code"] == part}
    if not found:
        raise UnknownPart(part, tuple(dict.fromkeys(row["code"] for row in rows)))
    if "none" in found:
        return found["none"]
    if side is None:
        raise SideNeeded(part, found[Side.RIGHT.value]["label"])
    return found[side.value]


def _quoted(loss: Loss, row: Row) -> tuple[Fraction, str, bool]:
    """The percentage of the row as a share, the formula where it had to be worked out, and whether we read into it."""
    if "percent" not in row:
        return _doctors(loss, row), "", False
    if loss.doctor_percent is not None:
        raise ImpossibleLoss(
            loss.part, gettext_noop("persentasenya sudah ditetapkan dalam tabel, tanpa persen dari dokter")
        )
    quoted = Fraction(row["percent"]) / 100
    if "per" not in row:
        if loss.extent is not None:
            raise ImpossibleLoss(loss.part, gettext_noop("tabel tidak menghitungnya per satuan"))
        return quoted, "", False
    size, unit = str(row["per"]).split()
    if loss.extent is None:
        raise ImpossibleLoss(loss.part, f"isi besarnya penurunan dalam {unit}")
    if loss.extent < 0 or (unit == "%" and loss.extent > 100):
        raise ImpossibleLoss(loss.part, f"penurunan {loss.extent} {unit} tidak mungkin")
    steps, rest = divmod(loss.extent, int(size))
    return quoted * steps, f"{steps} × {percent(quoted)} = {percent(quoted * steps)}", rest != 0


def _doctors(loss: Loss, row: Row) -> Fraction:
    least, most = Fraction(row["percent_min"]), Fraction(row["percent_max"])
    stated = loss.doctor_percent
    if stated is None or not least <= Fraction(stated) <= most:
        raise ImpossibleLoss(loss.part, f"dokter menetapkan antara {percent(least / 100)} dan {percent(most / 100)}")
    return Fraction(stated) / 100


def _require_share(function_lost: Decimal, part: str) -> None:
    if not 0 < function_lost <= 1:
        raise ImpossibleLoss(
            part, gettext_noop("fungsi yang berkurang harus lebih dari nol dan paling banyak 100 persen")
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# How many of a part a body (or a side of it) has: anatomy, not law. What is not named here there is once.
_HAS = {
    "other_finger": 3, "other_finger_first_joint": 3, "other_toe": 6, "big_toe": 2, "second_toe": 2,
    "one_leg_from_hip": 2, "one_foot_from_ankle": 2, "one_eye": 2, "hearing_one": 2, "hearing_loss_one": 2,
    "one_auricle": 2,
}  # fmt: skip
_FINGERS = ("thumb", "index_finger", "other_finger", "index_finger_first_joint", "other_finger_first_joint")
_TOES = ("big_toe", "second_toe", "other_toe")
_SHORTER = ("leg_shorter_from_7_5_cm", "leg_shorter_5_to_7_5_cm", "leg_shorter_under_5_cm")
_WORK = ("work_ability_physical_51_70", "work_ability_physical_26_50", "work_ability_physical_10_25")
# Who has lost the first has lost the others with it. Also anatomy: the law pays for what is lost, once.
_HOLDS = {
    "arm_from_shoulder": ("arm_from_elbow", "hand_from_wrist", *_FINGERS),
    "arm_from_elbow": ("hand_from_wrist", *_FINGERS),
    "hand_from_wrist": _FINGERS,
    "index_finger": ("index_finger_first_joint",),
    "both_legs_from_hip": ("one_leg_from_hip", "both_feet_from_ankle", "one_foot_from_ankle", *_TOES, *_SHORTER),
    "both_feet_from_ankle": ("one_foot_from_ankle", *_TOES),
    "both_eyes": ("one_eye", "visual_acuity", "colour_vision", "field_of_vision"),
    "hearing_both": ("hearing_one", "hearing_loss_both", "hearing_loss_one"),
    "hearing_loss_both": ("hearing_loss_one",),
    "both_auricles": ("one_auricle",),
    _SHORTER[0]: _SHORTER[1:],
    _SHORTER[1]: _SHORTER[2:],
    _WORK[0]: _WORK[1:],
    _WORK[1]: _WORK[2:],
}


def _require_one_body(losses: Sequence[Loss]) -> None:
    """Refuses losses that one body cannot have at once, so that nothing is counted twice."""
    for (part, _side), told in Counter((loss.part, loss.side) for loss in losses).items():
        if told > _HAS.get(part, 1):
            raise MoreThanTheBodyHas(part)
    for larger in losses:
        # A part that is still there, with less function, may lack a smaller one all the same.
        held = _HOLDS.get(larger.part, ()) if larger.function_lost is None else ()
        for loss in losses:
            if loss.part in held and (larger.side == loss.side or None in (larger.side, loss.side)):
                raise MoreThanTheBodyHas(loss.part)


@dataclass(eq=False)
class UnknownPart(Refusal):
    """The table has no row of that name."""

    code: ClassVar[str] = "part_unknown"

    part: str
    known: tuple[str, ...]

    def said(self) -> Sentence:
        return _(
            "Tabel cacat sebagian tidak memuat «%(part)s». Yang ada: %(known)s.",
            part=self.part,
            known=self.known,
        )


@dataclass(eq=False)
class SideNeeded(Refusal):
    """The table tells right and left apart."""

    code: ClassVar[str] = "side_needed"

    part: str
    label: str

    def said(self) -> Sentence:
        return _(
            "Isi kanan atau kiri untuk «%(part)s» (misalnya %(label)s): persentasenya berbeda.",
            part=self.part,
            label=self.label,
        )


@dataclass(eq=False)
class ImpossibleLoss(Refusal):
    """What is told about a loss does not fit its row of the table."""

    code: ClassVar[str] = "loss_impossible"

    part: str
    detail: str

    def said(self) -> Sentence:
        return _(
            "Cacat «%(part)s» tidak dapat dihitung: %(detail)s.",
            part=self.part,
            detail=Known(self.detail),
        )


@dataclass(eq=False)
class MoreThanTheBodyHas(Refusal):
    """One loss is told twice, or together with a larger one that holds it."""

    code: ClassVar[str] = "loss_twice"

    part: str

    def said(self) -> Sentence:
        return _(
            "Cacat «%(part)s» disebut lebih dari sekali, atau sudah termasuk dalam cacat lain yang disebut.",
            part=self.part,
        )
