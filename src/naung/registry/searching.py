"""People by what somebody typed: a NIK in full, or a name written by ear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from naung.accounts.territory import Viewer
from naung.bulk.intake.names import writings_of
from naung.registry.models import Worker
from naung.registry.queries import worker_by_nik, workers_visible_to
from naung.registry.spelling import Spelling, folded, words_of

#: How alike two names are at least, when no name has all the words. Soegng still finds Sugeng.
ALIKE = 0.45
#: Of a very common name this many are ranked; the page then asks for a second word.
RANKED = 250
_LONGEST = 8  # words
_SAME, _ALL_WORDS, _LIKE = range(3)


@dataclass(frozen=True, slots=True)
class Found:
    """The people meant, best first; `more` when not all are here; `alike` when no name has all the words."""

    people: list[Worker]
    more: bool = False
    alike: bool = False


def people_meant(user: Viewer, text: str, *, limit: int) -> Found:
    """The visible workers that `text` may mean. Digits are a NIK and nothing else.

    A name is looked for in this order: the same name, names with all the words or beginnings of words in any order
    (an initial is a beginning), and only where there is none of those, names that resemble it. Old and new spelling
    are one. The territory is part of each question to the database, so nobody outside it is counted, ranked or timed.
    """
    if any(char.isdigit() for char in text):
        worker = worker_by_nik(user, text)
        return Found([worker] if worker else [])
    words = words_of(text)[:_LONGEST]
    if not any(len(word) > 1 for word in words):
        return Found([])
    rows = workers_visible_to(user).filter(merged_into=None).order_by().annotate(spelling=Spelling("name_norm"))
    wanted = folded(" ".join(words))
    ranks: dict[int, tuple[float, str, int]] = {}
    _rank(ranks, rows.filter(_all_words(words)), wanted)
    if len(ranks) == RANKED:  # so common that the very name may not be among them
        _rank(ranks, rows.filter(Q(spelling=wanted)), wanted)
    exact = bool(ranks)
    if not exact:
        _rank_alike(ranks, rows, wanted)
    best = sorted(ranks, key=ranks.__getitem__)
    people = {one.pk: one for one in rows.filter(pk__in=best[:limit])}
    return Found([people[pk] for pk in best[:limit] if pk in people], len(best) > limit, bool(people) and not exact)


def _all_words(words: Sequence[str]) -> Q:
    """Each word is the beginning of a word of the name, or one of its other writings as a whole word."""
    found = Q()
    for word in words:
        either = Q(spelling__contains=folded(word)[:-1])
        for other in writings_of(word):
            if other != word:
                either |= Q(spelling__contains=folded(other))
        found &= either
    return found


def _rank(ranks: dict[int, tuple[float, str, int]], rows: QuerySet[Worker], wanted: str) -> None:
    for pk, name in rows.values_list("pk", "name_norm")[:RANKED]:
        ranks[pk] = (_SAME if folded(name) == wanted else _ALL_WORDS, name, pk)


def _rank_alike(ranks: dict[int, tuple[float, str, int]], rows: QuerySet[Worker], wanted: str) -> None:
    """Names that resemble: by how much, then by name. The threshold holds for this transaction alone."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL pg_trgm.word_similarity_threshold = {ALIKE}")
        resembling = Q(spelling__trigram_word_similar=wanted)
        alike = rows.filter(resembling).annotate(likeness=TrigramWordSimilarity(wanted, "spelling"))
        for pk, name, likeness in alike.values_list("pk", "name_norm", "likeness")[:RANKED]:
            ranks.setdefault(pk, (_LIKE + 1 - likeness, name, pk))
