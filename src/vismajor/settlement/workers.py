"""Who judges the blocks of a table: this process, several of this machine, or the workers of a Dask cluster.

Blocks are handed out a few at a time and come back in their order, so that no more than these few wait in memory.
"""

from __future__ import annotations

import importlib
import multiprocessing
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from vismajor.reading.problems import InvalidInput, problem
from vismajor.settlement.portfolio_court import Judged, PortfolioCourt
from vismajor.settlement.portfolio_pleadings import Placed

Block = Sequence[Placed]
T_co = TypeVar("T_co", covariant=True)
WAITING = 2  # blocks handed out for each worker: the next one is there when one is done
_ADDRESS = re.compile(r"(?:[a-z]+://)?[^\s/]+:[0-9]+|inproc://\S+")
TIMEOUT = 10  # seconds within which a cluster answers


class Workers(Protocol):
    """Judges blocks of claimants, and yields them in their order."""

    def judge(self, court: PortfolioCourt, blocks: Sequence[Block]) -> Iterator[Judged]:
        """Yield what becomes of each block."""


class _Promise(Protocol[T_co]):
    def result(self) -> T_co:
        """Wait for what was promised, and return it."""


@dataclass(frozen=True)
class Processes:
    """So many processes of this machine; one is this one. Each holds the columns that all claimants share."""

    count: int = 1

    def judge(self, court: PortfolioCourt, blocks: Sequence[Block]) -> Iterator[Judged]:
        """Yield what becomes of each block."""
        count = min(self.count, len(blocks))
        if count < 2:
            yield from map(court.judge, blocks)
            return
        # A new process, not a copy of this one: the same on every system, whatever threads there are.
        context = multiprocessing.get_context("spawn")
        try:
            with ProcessPoolExecutor(count, context, _take_seat, (court,)) as pool:
                yield from _in_order(lambda block: pool.submit(_judge, block), blocks, WAITING * count)
        except BrokenProcessPool:  # ended from outside, as a system does that has no memory left
            raise InvalidInput([problem("--processes", (1, 1), "process_lost", read=count)]) from None


_seat: list[PortfolioCourt] = []  # the court of a process that was started to judge


def _take_seat(court: PortfolioCourt) -> None:
    _seat[:] = [court]


def _judge(block: Block) -> Judged:
    return _seat[0].judge(block)


@dataclass(frozen=True)
class Cluster:
    """The workers of a Dask cluster at an address (`tcp://host:8786`); its workers have the same version of vismajor.

    Needs the extra `dask`.
    """

    address: str

    def __post_init__(self) -> None:
        """Refuse what is no address. Raises InvalidInput."""
        if not _ADDRESS.fullmatch(self.address):
            raise InvalidInput([problem("--dask", (1, 1), "dask_address", read=self.address)])

    def judge(self, court: PortfolioCourt, blocks: Sequence[Block]) -> Iterator[Judged]:
        """Yield what becomes of each block. Raises InvalidInput where the cluster cannot be reached, or fails."""
        with _client(self.address) as client:
            try:
                workers = max(1, len(client.scheduler_info()["workers"]))
                seated = client.scatter(court, broadcast=True)

                def submit(block: Block) -> _Promise[Judged]:
                    promise: _Promise[Judged] = client.submit(PortfolioCourt.judge, seated, block, pure=False)
                    return promise

                yield from _in_order(submit, blocks, WAITING * workers)
            except Exception as error:  # whatever happened on another machine
                reason = f"{type(error).__name__}: {error}"
                raise InvalidInput([problem("--dask", (1, 1), "dask_failed", read=self.address, reason=reason)]
                                   ) from None


def _client(address: str) -> Any:
    try:
        distributed = importlib.import_module("distributed")
    except ModuleNotFoundError:
        raise InvalidInput([problem("--dask", (1, 1), "dask_missing")]) from None
    try:
        return distributed.Client(address, timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError, TimeoutError):
        raise InvalidInput([problem("--dask", (1, 1), "dask_unreachable", read=address)]) from None


def _in_order(submit: Callable[[Block], _Promise[Judged]], blocks: Iterable[Block], most: int) -> Iterator[Judged]:
    """Yield what becomes of each block, with no more than `most` of them on their way."""
    waiting: deque[_Promise[Judged]] = deque()
    for block in blocks:
        waiting.append(submit(block))
        if len(waiting) >= most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
