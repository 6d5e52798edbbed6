"""How a DOCX says what things look like: defaults, styles based on styles, direct properties, and running numbers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from naung.documents.letters.package import w

# Shapes of a run and of a paragraph are plain dicts, ready for JSON. Lengths are in points.
Shape = dict[str, Any]

# The longest page that Word knows is 22 inches; nothing on it is longer.
_LONGEST = 1_600

_ALIGN = {"both": "both", "distribute": "both", "center": "center", "right": "right", "end": "right"}
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
# Faces that are not serifs, by a word in their names; all others are set as a serif.
_FACES = {
    "mono": ("courier", "consolas", "mono"),
    "sans": (
        "arial",
        "calibri",
        "helvetica",
        "tahoma",
        "verdana",
        "segoe",
        "sans",
        "aptos",
        "century gothic",
        "trebuchet",
    ),
}


def points(value: str | None, per: float = 20) -> float:
    """A length of the format in points; what is no number, or longer than any page, is 0."""
    try:
        length = round(float(value or 0) / per, 2)
    except (ValueError, OverflowError):
        return 0.0
    return length if abs(length) < _LONGEST else 0.0


def whole(value: str | None, default: int = 0, *, most: int = 10_000) -> int:
    """A whole number of the format, from 0 to `most`; what is none is the default."""
    return min(int(value), most) if value is not None and value.isascii() and value.isdecimal() else default


def is_on(node: Any | None) -> bool:
    """Whether a switch such as <w:b/> is there and not turned off."""
    return node is not None and node.get(w("val"), "1") not in ("0", "false", "off", "none")


def run_shape(properties: Any | None) -> Shape:
    """What a <w:rPr> says, and only that."""
    shape: Shape = {}
    if properties is None:
        return shape
    for tag, name in (("b", "bold"), ("i", "italic"), ("caps", "caps"), ("smallCaps", "small"), ("strike", "strike"),
                      ("vanish", "hidden")):  # fmt: skip
        if (node := properties.find(w(tag))) is not None:
            shape[name] = is_on(node)
    if (node := properties.find(w("u"))) is not None:
        shape["underline"] = is_on(node)
    if (node := properties.find(w("sz"))) is not None:
        shape["size"] = points(node.get(w("val")), 2)
    if (node := properties.find(w("color"))) is not None and len(node.get(w("val"), "")) == 6:
        shape["color"] = node.get(w("val"))
    if (node := properties.find(w("vertAlign"))) is not None:
        shape["script"] = {"superscript": "super", "subscript": "sub"}.get(node.get(w("val"), ""), "")
    if (node := properties.find(w("rFonts"))) is not None:
        face = (node.get(w("ascii")) or node.get(w("hAnsi")) or "").lower()
        if face:
            shape["face"] = next(
                (name for name, words in _FACES.items() if any(word in face for word in words)), "serif"
            )
    return shape


def paragraph_shape(properties: Any | None) -> Shape:
    """What a <w:pPr> says, and only that."""
    shape: Shape = {}
    if properties is None:
        return shape
    if (node := properties.find(w("jc"))) is not None:
        shape["align"] = _ALIGN.get(node.get(w("val"), ""), "left")
    if (node := properties.find(w("ind"))) is not None:
        for tags, name in ((("left", "start"), "left"), (("right", "end"), "right")):
            value = next((node.get(w(tag)) for tag in tags if node.get(w(tag)) is not None), None)
            if value is not None:
                shape[name] = points(value)
        if node.get(w("hanging")) is not None:
            shape["first"] = -points(node.get(w("hanging")))
        elif node.get(w("firstLine")) is not None:
            shape["first"] = points(node.get(w("firstLine")))
    if (node := properties.find(w("spacing"))) is not None:
        for tag in ("before", "after"):
            if node.get(w(tag)) is not None:
                shape[tag] = points(node.get(w(tag)))
        if node.get(w("line")) is not None:
            rule = node.get(w("lineRule"), "auto")
            shape["line"] = (
                ["auto", points(node.get(w("line")), 240)] if rule == "auto" else [rule, points(node.get(w("line")))]
            )
    for tag, name in (("keepNext", "keep"), ("pageBreakBefore", "page"), ("contextualSpacing", "snug")):
        if (node := properties.find(w(tag))) is not None:
            shape[name] = is_on(node)
    if (node := properties.find(w("tabs"))) is not None:
        shape["tabs"] = [
            [points(stop.get(w("pos"))), stop.get(w("val"), "left")] for stop in node if stop.get(w("val")) != "clear"
        ]
    if (node := properties.find(w("pBdr"))) is not None:
        shape["lines"] = {
            side.tag.rsplit("}", 1)[-1]: border(side)
            for side in node
            if side.get(w("val")) not in (None, "none", "nil")
        }
    if (node := properties.find(w("shd"))) is not None and len(node.get(w("fill"), "")) == 6:
        shape["fill"] = node.get(w("fill"))
    return shape


def border(node: Any) -> Shape:
    """One border line: its thickness in points, and whether it is double."""
    sort = node.get(w("val"), "single")
    double = sort == "double" or "thin" in sort
    return {"width": max(0.4, points(node.get(w("sz"), "4"), 8)), "sort": "double" if double else "single"}


@dataclass(slots=True)
class Styles:
    """Styles and numbering of one file. `numbered` counts, so paragraphs are asked in the order of the paper."""

    styles: Any | None
    numbering: Any | None
    _known: dict[str, Any] = field(default_factory=dict)
    _shapes: dict[str, tuple[Shape, Shape]] = field(default_factory=dict)
    _levels: dict[str, tuple[str, dict[int, Any], dict[int, int]]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.styles is not None:
            self._known = {style.get(w("styleId")): style for style in self.styles.iter(w("style"))}
        if self.numbering is not None:
            abstracts = {one.get(w("abstractNumId")): one for one in self.numbering.iter(w("abstractNum"))}
            for num in self.numbering.iter(w("num")):
                link = num.find(w("abstractNumId"))
                abstract = abstracts.get(link.get(w("val"))) if link is not None else None
                levels = (
                    {whole(level.get(w("ilvl"))): level for level in abstract.iter(w("lvl"))}
                    if abstract is not None
                    else {}
                )
                starts = {}
                for override in num.iter(w("lvlOverride")):
                    at = whole(override.get(w("ilvl")))
                    if (start := override.find(w("startOverride"))) is not None:
                        starts[at] = whole(start.get(w("val")))
                    if (level := override.find(w("lvl"))) is not None:
                        levels[at] = level
                self._levels[num.get(w("numId"))] = (link.get(w("val")) if link is not None else "", levels, starts)

    @property
    def defaults(self) -> tuple[Shape, Shape]:
        """Shapes of a paragraph and a run that say nothing: the defaults of the file and its normal style."""
        paragraph: Shape = {}
        run: Shape = {"size": 10.0}
        if self.styles is not None:
            for node in self.styles.iter(w("docDefaults")):
                paragraph |= paragraph_shape(node.find(f"{w('pPrDefault')}/{w('pPr')}"))
                run |= run_shape(node.find(f"{w('rPrDefault')}/{w('rPr')}"))
        return paragraph, run

    def normal(self) -> str:
        for name, style in self._known.items():
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true"):
                return str(name)
        return ""

    def of(self, name: str) -> tuple[Shape, Shape]:
        """The shapes of a style with everything it is based on, without the defaults of the file."""
        if name not in self._shapes:
            self._shapes[name] = ({}, {})  # a style that is based on itself
            style = self._known.get(name)
            if style is not None:
                base = style.find(w("basedOn"))
                paragraph, run = self.of(base.get(w("val"), "")) if base is not None else ({}, {})
                self._shapes[name] = (
                    paragraph | paragraph_shape(style.find(w("pPr"))),
                    run | run_shape(style.find(w("rPr"))),
                )
        return self._shapes[name]

    def style(self, name: str) -> Any | None:
        return self._known.get(name)

    def number_of(self, properties: Any | None, style: str) -> tuple[str, int] | None:
        """Which run of numbers a paragraph is in, and its level; styles may say so too."""
        nodes = [properties]
        seen = set()
        while style and style not in seen:
            seen.add(style)
            known = self._known.get(style)
            if known is None:
                break
            nodes.append(known.find(w("pPr")))
            base = known.find(w("basedOn"))
            style = base.get(w("val"), "") if base is not None else ""
        for node in nodes:
            found = node.find(w("numPr")) if node is not None else None
            if found is not None and (number := found.find(w("numId"))) is not None:
                level = found.find(w("ilvl"))
                value = number.get(w("val"), "0")
                return (
                    (value, whole(level.get(w("val")), 0) if level is not None else 0)
                    if value in self._levels
                    else None
                )
        return None

    def numbered(self, number: str, level: int) -> tuple[str, Shape]:
        """The next label of a run of numbers, and where its level stands."""
        abstract, levels, starts = self._levels[number]
        counts = self._counts[abstract]
        node = levels.get(level)
        if node is None:
            return "", {}
        if (number, level) not in self._begun and level in starts:
            counts[level] = starts[level]
        elif level in counts:
            counts[level] += 1
        else:
            start = node.find(w("start"))
            counts[level] = whole(start.get(w("val")), 1) if start is not None else 1
        self._begun.add((number, level))
        for below in [at for at in counts if at > level]:
            del counts[below]
        text = node.find(w("lvlText"))
        label = text.get(w("val"), "") if text is not None else ""
        form = _form(node)
        if form == "bullet":
            label = "•" if not label.strip() or ord(label[0]) >= 0xE000 or label in ("o", "§") else label
        for at in range(level, -1, -1):
            if f"%{at + 1}" in label:
                other = levels.get(at)
                label = label.replace(
                    f"%{at + 1}", counted(counts.get(at, 1), _form(other) if other is not None else "decimal")
                )
        return label, paragraph_shape(node.find(w("pPr")))


def _form(level: Any) -> str:
    node = level.find(w("numFmt"))
    return str(node.get(w("val"), "decimal")) if node is not None else "decimal"


def counted(number: int, form: str) -> str:
    """A number as lists write it: 4, d, D, iv, IV."""
    match form:
        case "lowerLetter" | "upperLetter":
            letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letters if form == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman":
            roman, rest = "", number
            for size, letters in _ROMAN:
                while rest >= size:
                    roman, rest = roman + letters, rest - size
            return roman if form == "lowerRoman" else roman.upper()
        case "decimalZero":
            return f"{number:02d}"
        case "none":
            return ""
        case _:
            return str(number)
