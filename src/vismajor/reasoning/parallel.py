"""Windows of worlds evaluated beside one another, on as many threads as there are cores.

NumPy leaves the interpreter while it computes a column, so that threads share the work without copying anything. What
each window yields comes back in the order of the worlds: no result depends on how many threads there are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from vismajor.reasoning.worlds import WINDOW, Column, Draws, Remembered, Window, windows

S = TypeVar("S")
T = TypeVar("T")
FEW = 4 * WINDOW  # worlds; for fewer, threads gain nothing
TOGETHER = 8 * WINDOW  # worlds evaluated at a time: the larger the columns, the seldomer threads wait for each other


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def over_windows(draws: Draws, evaluate: Callable[[int, Remembered], T]) -> Iterator[T]:
    """Yield what `evaluate(first world, draws)` returns for each window, in order.

    The draws are remembered while their window is evaluated, and their memory is then drawn into again: `evaluate` may
    keep what it computes from them, but none of them.
    """
    threads = cores() if draws.count >= FEW else 1
    size = min(TOGETHER, -(-draws.count // threads // WINDOW) * WINDOW)
    parts = list(windows(draws, size))
    spare: list[Column] = []  # taking memory anew for every window would cost a third of the time

    def one(part: tuple[int, Draws]) -> T:
        start, window = part
        remembered = Remembered(window.stream() if isinstance(window, Window) else window,
                                spare if window.count == size else [])
        found = evaluate(start, remembered)
        remembered.forget()
        return found

    yield from beside(one, parts, min(threads, len(parts)))


def beside(function: Callable[[S], T], items: Sequence[S], threads: int) -> Iterator[T]:
    """Yield what `function` returns for each item, in order, computed on so many threads (fewer than two: on this)."""
    if threads < 2:
        yield from map(function, items)
        return
    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(function, items)
