"""What checks find in the rulebooks that are served: found once for all who ask, one rulebook after the other."""

from __future__ import annotations

import asyncio

import anyio.to_thread

from . import answering
from .apart import Workshop
from .asking import Query

TIMES = 4
"""How many times the time of an answer the checks of a whole rulebook may take: nobody has to wait for them."""
MOST = 16
"""How many rulebooks are remembered whose checks ended without an answer, until somebody asks."""


class Examiner:
    """Has rulebooks checked while whoever asked looks elsewhere, and keeps what is found."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._under_way: dict[str, asyncio.Task[None]] = {}

    async def lacks(self, asked: Query) -> str | None:
        """What is to be examined for an answer, None if it is; raises WhytuneError if there can be no answer."""
        return await anyio.to_thread.run_sync(answering.to_examine, asked)

    async def has(self, name: str | None, asked: Query, seconds: float) -> bool:
        """Is it known within this time what the checks find in what is lacking? Raises WhytuneError as they do."""
        clock = asyncio.get_running_loop().time
        ends = clock() + seconds
        while name is not None:  # another, if an edit or midnight came between
            if name not in self._under_way:
                self._under_way[name] = asyncio.create_task(self._examine(name, asked))
            task = self._under_way[name]
            await asyncio.wait({task}, timeout=max(0, ends - clock()))
            if not task.done():
                return False
            self._under_way.pop(name, None)
            task.result()
            name = await self.lacks(asked)
        return True

    async def _examine(self, name: str, asked: Query) -> None:
        """Keeps what the checks find; an error stays for whoever asks next."""
        while len(self._under_way) > MOST and (ended := self._ended()):
            self._under_way.pop(ended).exception()  # of no use to anybody, who would ask again
        checked = await anyio.to_thread.run_sync(self._workshop.run, answering.examined, asked, abandon_on_cancel=True)
        await anyio.to_thread.run_sync(answering.keep_examined, asked, name, checked)
        self._under_way.pop(name, None)

    def _ended(self) -> str | None:
        return next((name for name, task in self._under_way.items() if task.done()), None)
