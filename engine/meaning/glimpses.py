"""Some regions of a condition on a ground in clauses, each grown around a case; nothing is counted there."""

from __future__ import annotations

from ..language.problems import WhytuneError
from .diagram import Ground, Where
from .diagram.clauses import Clauses
from .diagram.nodes import NodeId
from .regions import FEW_REGIONS, MAX_REGIONS, Atlas, Cells, CountingAtlas, Region, Regions


class GlimpsingAtlas(Atlas):
    """The atlas of a ground in clauses: a few regions around cases that the solver came upon."""

    def __init__(self, ground: Ground, store: Clauses) -> None:
        super().__init__(ground)
        self.store = store

    def share(self, where: Where) -> None:
        """None: cells in clauses are not counted."""

    def regions(self, where: Where, most: int = MAX_REGIONS) -> Regions:
        """Some regions of the set, FEW_REGIONS at most, or none; where one more takes too long, there are others.

        Raises WhytuneError: search-too-large, if it takes too long to see whether the set is empty.
        """
        held = left = self.among_tasks(where)
        regions: list[Region] = []
        has_others = bool(left)
        try:
            while has_others and len(regions) < min(most, FEW_REGIONS):
                cells = {name: frozenset((cell,)) for name, cell in self._some_case(left).items()}
                cells = self._widened(cells, held.root)
                inside = self._product(cells)
                left -= inside
                if (witness := self.witness(inside)) is not None:
                    regions.append(Region(self._values(cells), None, witness))
                has_others = bool(left)
        except WhytuneError as error:
            if not error.is_too_large:
                raise
        return Regions(None, tuple(regions), None, has_others)

    def _some_case(self, held: Where) -> dict[str, int]:
        """As few facts of a case as the solver finds at once, then none that can be left out."""
        return self.store.reduced(held.root, self.store.some_case(held.root))

    def _cells_within(self, name: str, cells: Cells, root: NodeId) -> frozenset[int]:
        """The cells of this fact in which the condition holds everywhere in this product where values are known."""
        return frozenset(
            cell
            for cell in range(len(self.ground.cells[name]))
            if self.store.is_throughout(root, {**cells, name: frozenset((cell,))})
        )


def atlas_of(ground: Ground) -> Atlas:
    """What covers, exemplifies and, if it can, counts sets of cells on this ground."""
    return GlimpsingAtlas(ground, ground.store) if isinstance(ground.store, Clauses) else CountingAtlas(ground)
