"""The reports of what was added, to each who added it: names of files are nobody else's."""

from ui.kept import Kept, Report
from ui.page.who import here


class OwnReports(Kept):
    """What is kept, as who clicks may see it; only its reports are asked for."""

    def __init__(self, everybody: Kept) -> None:
        self._everybody = everybody

    def reports(self) -> list[Report]:
        """Those of who looks at them."""
        return self._everybody.of(here().id).reports()
