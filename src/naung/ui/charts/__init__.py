"""Charts drawn on the server as SVG: no script, no inline style, every text escaped.

Each is a pure function of its figures. A chart is one picture with one sentence as its label
(`role="img"`), and most stand with a table of the same figures (`Lihat sebagai tabel`).
"""

from naung.ui.charts.bars import FunnelStage, funnel, meter, ucj_bar
from naung.ui.charts.months import CliffMonth, cliff
from naung.ui.charts.timeline import Lane, Stretch, timeline

__all__ = ["CliffMonth", "FunnelStage", "Lane", "Stretch", "cliff", "funnel", "meter", "timeline", "ucj_bar"]
