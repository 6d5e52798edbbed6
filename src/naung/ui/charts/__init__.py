"""Charts drawn on the server as SVG: no script, no inline style, every text escaped.

Each is a pure function of its figures. A chart is one picture with one sentence as its label
(`role="img"`), and most stand with a table of the same figures (`Lihat sebagai tabel`).
"""

from naung.ui.charts.bars import FunnelStage, funnel, meter, ucj_bar
from naung.ui.charts.months import CliffMonth, cliff
from naung.ui.charts.steps import Closing, Payment, payers, waterfall
from naung.ui.charts.tiles import Tile, tiles
from naung.ui.charts.timeline import Lane, Stretch, timeline

__all__ = [
    "CliffMonth",
    "Closing",
    "FunnelStage",
    "Lane",
    "Payment",
    "Stretch",
    "Tile",
    "cliff",
    "funnel",
    "meter",
    "payers",
    "tiles",
    "timeline",
    "ucj_bar",
    "waterfall",
]
