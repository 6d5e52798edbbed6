"""Word reads properties only in the order of the standard: what we write keeps to it."""

from __future__ import annotations

import pytest

from naung.documents.letters.filling import fill
from naung.documents.letters.kinds import KINDS
from naung.documents.letters.package import is_worded, parsed, parts_of, w
from tests.documents.letters.papers import SEAL, names
from tests.documents.test_pictures import png

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike noProof vanish color spacing w kern position sz szCs "
    "highlight u effect bdr shd vertAlign rtl cs em lang",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar "
    "tblLook",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi docGrid",
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_properties_stand_in_the_order_of_the_standard(kind):
    lists = [names(), names(landscape=False)] if kind.listed else []
    for name, part in parts_of(fill(kind.code, kind.example, lists=lists, seal=SEAL, crest=png())).items():
        if not is_worded(name):
            continue
        root = parsed(part)
        for tag, order in ORDER.items():
            known = [w(word) for word in order.split()]
            for node in root.iter(w(tag)):
                places = [known.index(child.tag) for child in node]
                assert places == sorted(places), f"{name}: {tag}"
        for cell in root.iter(w("tc")):
            assert cell[-1].tag == w("p"), "a cell ends with a paragraph"
