"""Who receives the cash of a death: the heirs in their legal order, or others where there is no heir.

For JKM and for death by a work accident (JKK). JHT has another rule and is not meant here. See
`docs/algorithms/heirs-and-papers.md`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from naung.rules.death import DeathBenefit
from naung.rules.explaining import Explanation, Fact, Step, Words
from naung.rules.law import Cited, Law
from naung.rules.money import Rupiah, rupiah


class Relation(StrEnum):
    """What somebody is to the worker who died. OTHER stands in no rank unless named in the will."""

    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    GRANDCHILD = "grandchild"
    GRANDPARENT = "grandparent"
    SIBLING = "sibling"
    PARENT_IN_LAW = "parent_in_law"
    WILL = "will"
    OTHER = "other"

    @property
    def words(self) -> Words:
        return _RELATIONS[self]


_RELATIONS = {
    Relation.SPOUSE: Words("janda atau duda", "widow or widower"),
    Relation.CHILD: Words("anak", "child"),
    Relation.PARENT: Words("orang tua", "parent"),
    Relation.GRANDCHILD: Words("cucu", "grandchild"),
    Relation.GRANDPARENT: Words("kakek atau nenek", "grandparent"),
    Relation.SIBLING: Words("saudara kandung", "sibling"),
    Relation.PARENT_IN_LAW: Words("mertua", "parent-in-law"),
    Relation.WILL: Words("pihak yang ditunjuk dalam wasiat", "person named in the will"),
    Relation.OTHER: Words("kerabat lain", "other relative"),
}

# The rank of `heirs.order`, by its code, in which each relation stands.
_RANK_OF = {
    Relation.SPOUSE: "spouse_child",
    Relation.CHILD: "spouse_child",
    Relation.PARENT: "straight_line",
    Relation.GRANDCHILD: "straight_line",
    Relation.GRANDPARENT: "straight_line",
    Relation.SIBLING: "sibling",
    Relation.PARENT_IN_LAW: "parent_in_law",
    Relation.WILL: "will",
}


@dataclass(frozen=True, slots=True)
class Relative:
    """A relative of the worker. `label` tells people of one relation apart (`anak pertama`); no identity number.

    `alive` is False for who died before the worker: they inherit nothing.
    """

    relation: Relation
    label: str = ""
    alive: bool = True

    @property
    def words(self) -> Words:
        if not self.label:
            return self.relation.words
        return Words(f"{self.relation.words.id} ({self.label})", f"{self.relation.words.en} ({self.label})")


@dataclass(frozen=True, slots=True)
class Rank:
    """One place in the legal order, with the living relatives who stand in it."""

    number: int
    code: str
    words: Words
    relatives: tuple[Relative, ...]


@dataclass(frozen=True, slots=True)
class HeirRanking:
    """The legal order filled with the relatives given. `first` is the rank that receives; None: no heir."""

    on: date
    ranks: tuple[Rank, ...]
    outside: tuple[Relative, ...]
    steps: tuple[Step, ...]

    @property
    def first(self) -> Rank | None:
        return next((rank for rank in self.ranks if rank.relatives), None)

    @property
    def heirs(self) -> tuple[Relative, ...]:
        """Who receives: everybody in the first rank that is not empty."""
        return self.first.relatives if self.first else ()

    @property
    def total(self) -> Rupiah:
        return 0

    @property
    def explanation(self) -> Explanation:
        notes = () if len(self.heirs) < 2 else (_UNDIVIDED,)
        return Explanation(Words("Urutan ahli waris", "Order of heirs"), self.on, self.steps, notes=notes)


_UNDIVIDED = Words(
    "Peraturan yang dibaca tidak menyebut bagaimana beberapa ahli waris dalam satu urutan membagi manfaat; "
    "Naung tidak membaginya.",
    "The law that was read does not say how several heirs of one rank divide the benefit; Naung does not divide it.",
)


def heirs_in_order(relatives: Sequence[Relative], *, on: date, law: Law) -> HeirRanking:
    """The living relatives in the legal order of the day of death; the first rank present receives.

    Widow, widower and children share the first rank. Then the straight line up and down to the second
    degree; siblings; parents-in-law; the person named in the will. Raises NotInForce before July 2015.

    Source: PP 44/2015 art. 40 (number recalled); UU 40/2004.
    """
    order = law.table("heirs.order").cited(on)
    living = [one for one in relatives if one.alive]
    rows = sorted(order.value, key=lambda row: int(row["rank"]))
    ranks = tuple(_rank(row, living) for row in rows)
    outside = tuple(one for one in living if one.relation not in _RANK_OF)
    return HeirRanking(on, ranks, outside, _ranking_steps(ranks, order))


def _rank(row: Mapping[str, Any], living: Sequence[Relative]) -> Rank:
    standing = tuple(one for one in living if _RANK_OF.get(one.relation) == row["code"])
    return Rank(row["rank"], row["code"], Words(row["label"], row["label_en"]), standing)


def _ranking_steps(ranks: Sequence[Rank], order: Cited[tuple[Mapping[str, Any], ...]]) -> tuple[Step, ...]:
    """Each rank up to the one that receives: nobody stands in it, or who does."""
    steps = []
    for rank in ranks:
        if rank.relatives:
            heirs_id = ", ".join(one.words.id for one in rank.relatives)
            heirs_en = ", ".join(one.words.en for one in rank.relatives)
            words = Words(
                f"Urutan {rank.number}, {rank.words.id}: {heirs_id} menerima",
                f"Rank {rank.number}, {rank.words.en}: {heirs_en} receives",
            )
        else:
            words = Words(
                f"Urutan {rank.number}, {rank.words.id}: tidak ada", f"Rank {rank.number}, {rank.words.en}: nobody"
            )
        steps.append(Step(f"heirs.{rank.number}", words, "", None, (order.citation,)))
        if rank.relatives:
            break
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who receives one part: the heirs together, or the receiver that the law names where there is no heir."""

    code: str
    words: Words
    heirs: tuple[Relative, ...] = ()


@dataclass(frozen=True, slots=True)
class PartReceived:
    """One part of a death benefit and who receives it, in whole rupiah, undivided."""

    part: str
    amount: Rupiah
    receiver: Receiver


@dataclass(frozen=True, slots=True)
class Receipt:
    """Every part of a death benefit with its receiver."""

    ranking: HeirRanking
    parts: tuple[PartReceived, ...]
    explanation: Explanation

    @property
    def total(self) -> Rupiah:
        return sum(part.amount for part in self.parts)


# The names of the parts in `heirs.none`, in the order in which a death benefit has them.
_PARTS = {
    "death_grant": Words("Santunan kematian", "Death grant"),
    "periodic": Words("Santunan berkala", "Periodic benefit"),
    "funeral": Words("Biaya pemakaman", "Funeral benefit"),
}


def who_receives(
    benefit: DeathBenefit, relatives: Sequence[Relative], *, on: date, law: Law, arranged_funeral: str = ""
) -> Receipt:
    """Who receives each part of `benefit`, in whole rupiah.

    The first rank present receives all parts together; how several heirs of one rank divide them, and
    who acts for a minor, the law read does not say. With no heir the funeral benefit goes to whoever
    arranged the funeral (`arranged_funeral` says who, if known), the rest to Dana Jaminan Sosial.

    Raises NotInForce before July 2015. Source: PP 44/2015 art. 40 (number recalled); UU 40/2004.
    """
    ranking = heirs_in_order(relatives, on=on, law=law)
    amounts = zip(_PARTS, (benefit.lump_sum, benefit.periodic, benefit.funeral), strict=True)
    named: Cited[Mapping[str, Any]] | None = None
    if ranking.first is None:
        named = law.mapping("heirs.none").cited(on)
    parts = []
    steps = list(ranking.steps)
    for part, amount in amounts:
        if amount == 0:
            continue
        receiver = _heirs_of(ranking) if named is None else _named(part, named.value[part], arranged_funeral)
        parts.append(PartReceived(part, amount, receiver))
        cited = ranking.steps[-1].citations if named is None else (named.citation,)
        words = Words(f"{_PARTS[part].id} untuk {receiver.words.id}", f"{_PARTS[part].en} goes to {receiver.words.en}")
        steps.append(Step(f"receives.{part}", words, rupiah(amount), amount, cited, borne_by=receiver.code))
    title = Words("Penerima manfaat kematian", "Who receives the death benefit")
    fact = Fact("benefit", Words("Jumlah manfaat", "Benefit"), Words(rupiah(benefit.total), rupiah(benefit.total)))
    explanation = Explanation(title, on, tuple(steps), (fact,), ranking.explanation.notes)
    return Receipt(ranking, tuple(parts), explanation)


def _heirs_of(ranking: HeirRanking) -> Receiver:
    words = Words(", ".join(one.words.id for one in ranking.heirs), ", ".join(one.words.en for one in ranking.heirs))
    return Receiver("heirs", words, ranking.heirs)


def _named(part: str, row: Mapping[str, Any], arranged_funeral: str) -> Receiver:
    words = Words(row["label"], row["label_en"])
    if part == "funeral" and arranged_funeral:
        words = Words(f"{words.id} ({arranged_funeral})", f"{words.en} ({arranged_funeral})")
    return Receiver(row["code"], words)
