"""Names made comparable: capitals, without titles, honours and remarks. The name as given is kept beside.

Two keys: `name_norm` for people to read, and `spelling` for deciding whether two spellings under one NIK are one
person (Muhammad and M., Soekarno and Sukarno, Yusuf and Jusup). Likeness beyond such equalities is linkage, not this.
"""

import polars as pl

_TITLES = (
    "HJ|HAJI|HAJJAH|H|DRS|DRA|DR|IR|PROF|KH|KHO|UST|USTADZ|USTADZAH|TGK|TEUNGKU|TUAN|NY|NYONYA|TN|"
    "BPK|BAPAK|SDR|SDRI|IBU"
)
_DEGREES = (
    r"S\W?PDI?|S\W?PD\W?I|S\W?AG|S\W?H|S\W?E|S\W?SOS|S\W?KOM|S\W?T|S\W?IP|S\W?SI|S\W?HUT|S\W?KEP|S\W?KM|S\W?TH|S\W?PT|S\W?P|"
    r"M\W?PD|M\W?SI|M\W?M|M\W?H|M\W?AG|A\W?MD(?:\W?KEB|\W?KEP)?|AMA\W?PD|SHI|SPDI|NERS|BA|BSC"
)
_LOOSE_DEGREE = r"\s(?:(?:S|M)\.\s?(?:PD|AG|H|E|SOS|KOM|T|IP|SI|HUT|KEP|KM|TH|PT|P|PDI|M)\.?(?:\s?I\.?)?|A\.?MD\b.*)$"
#: A mark that the person has died; after "bin" it speaks of the father.
_DEAD_FIRST = r"^\W*(?:ALM|ALMH|ALMARHUM|ALMARHUMAH|ALMRH)\b"
_DEAD_LAST = r"\b(?:ALM|ALMH|ALMARHUM|ALMARHUMAH|ALMRH)\W*$"
_CHILD_OF = r"\b(?:BIN|BINTI|B|BT|BTE|BNT)\b"
_SAME_WORDS = (
    ("MUHAMMAD", "MUHAMAD MOHAMMAD MOHAMAD MOCHAMAD MOCHAMMAD MUCHAMAD MUH MOH MUHD MHD MOCH MUCH MOHD MD"),
    ("ABDUL", "ABD ABDL"),
    ("AHMAD", "ACHMAD AKHMAD AHMD ACHMD"),
    ("SITI", "ST"),
    ("NUR", "NOOR NOER"),
    ("SRI", "SRIE"),
)
_WORD = {variant: word for word, variants in _SAME_WORDS for variant in variants.split()}
_FAMILIES = {
    member: family for word, variants in _SAME_WORDS for family in [[word, *variants.split()]] for member in family
}


def writings_of(word: str) -> list[str]:
    """The ways in which one word of a name is written short or long (MUHAMMAD, MUH, MOCH ...); none: itself alone."""
    return _FAMILIES.get(word, [word])


def normalise_names(names: pl.Series) -> pl.DataFrame:
    """`name_norm` and `marked_dead`, row by row. Only names that need work are worked on."""
    frame = pl.DataFrame({"name": names}).select(upper=pl.col("name").str.strip_chars().str.to_uppercase())
    upper = pl.col("upper")
    simple = frame.select(upper.str.contains(r"^[A-Z]{3,}(?: [A-Z]{4,})*$") & ~upper.str.starts_with("HAJ"))
    plain = simple.to_series().fill_null(True) & ~frame["upper"].str.contains(
        r"\b(?:BIN|BINTI|ALM|ALMH|ALMARHUM|ALMARHUMAH|DRS|DRA|USTADZ?|USTADZAH|BAPAK|SDRI?|TGK|TEUNGKU|TUAN|NYONYA|PROF|NERS)\b"
    ).fill_null(False)
    frame = frame.with_row_index("at")
    rest = frame.filter(~plain)
    if not rest.height:
        return frame.select(name_norm="upper", marked_dead=pl.lit(False))
    worked = rest.select("at", name_norm=_norm(upper), marked_dead=_marked_dead(upper))
    easy = frame.filter(plain).select("at", name_norm="upper", marked_dead=pl.lit(False))
    return pl.concat([easy, worked]).sort("at").drop("at")


def _marked_dead(upper: pl.Expr) -> pl.Expr:
    last = upper.str.contains(_DEAD_LAST) & ~upper.str.contains(rf"{_CHILD_OF}.*{_DEAD_LAST}")
    # "BUDI BIN YUSUF (ALM)" may speak of either: only the name itself, before any father, decides.
    return (upper.str.contains(_DEAD_FIRST) | last).fill_null(False)


def _norm(upper: pl.Expr) -> pl.Expr:
    text = upper.str.replace_all(r"\([^)]*\)?", " ")
    text = text.str.replace_all(rf",\s*(?:{_DEGREES})\b\.?", " ").str.replace(r",.*$", " ")
    text = text.str.replace(_LOOSE_DEGREE, "")
    text = text.str.replace_all(r"[’'`´\"]", "").str.replace_all(r"[^\p{L}]+", " ").str.strip_chars()
    text = text.str.replace_all(r"\b(?:ALM|ALMH|ALMARHUM|ALMARHUMAH|ALMRH)\b", " ")
    # The father's name is not on the identity card.
    text = text.str.replace(r"^(\p{L}.*?)\s(?:BIN|BINTI|BTE|BNT)\s.*$", "${1}")
    text = text.str.strip_chars()
    for _ in range(3):
        text = text.str.replace(rf"^(?:{_TITLES})\s+(\p{{L}}.*)$", "${1}")
    return text.str.replace_all(r"\s+", " ").str.strip_chars()


def spelling(name_norm: pl.Expr) -> pl.Expr:
    """Words of the name in sorted order, each in one of its Indonesian spellings: a list of words."""
    words = name_norm.str.split(" ").list.eval(_one_spelling(pl.element().replace(list(_WORD), list(_WORD.values()))))
    return words.list.eval(pl.element().filter(pl.element() != "")).list.sort()


def _one_spelling(word: pl.Expr) -> pl.Expr:
    word = word.str.replace("^CH", "C")  # Chandra is Candra, but Rachman is Rahman
    for old, new in (
        ("OE", "U"), ("TJ", "C"), ("DJ", "J"), ("SJ", "SY"), ("NJ", "NY"), ("KH", "H"), ("SY", "S"), ("DH", "D"),
        ("TH", "T"), ("CH", "H"), ("V", "P"), ("F", "P"), ("Z", "S"), ("Y", "I"), ("J", "I"), ("Q", "K"), ("IE", "I"),
    ):  # fmt: skip
        word = word.str.replace_all(old, new, literal=True)
    word = word.str.replace_all(r"(.)H\b", "${1}")
    for letter in "ABDEGIKLMNOPRSTU":
        word = word.str.replace_all(letter * 2, letter, literal=True)
    return word
