"""What it is worth to learn something before one decides: perfect information, and a report that may be wrong.

Whoever decides takes a sum that is certain, or goes to court. Knowing serves a decision where it may turn it: its worth
is the mean, over all that may be learnt, of what the better choice then brings, less what the better choice brings now
(the rolling back of a tree in which the report comes before the choice). It is never negative, nil where no report
would change the choice, and never more than what knowing everything is worth.

A report on a fact tells what a court would find, or something drawn at random among the values that it may have: of two
values it names the right one with the chance `reliability`, whatever that is. Reports on several facts err separately.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from vismajor.reasoning.worlds import Column, Worlds

Chances = Mapping[str, Sequence[float]]  # of each value, by point
Table = NDArray[np.float64]
MOST_JOINT = 4096  # ways of reporting on all points together that are gone through one by one
DRAWN = 20_000  # and so many are drawn where there are more


@dataclass(frozen=True)
class Outlook:
    """What going to court brings one party, in euros per world, for every way in which some points may be found.

    `points` name the axes of `worth`, of shape (values of the first point, …, worlds). Points are independent.
    """

    points: tuple[str, ...]
    worth: Table

    @property
    def means(self) -> Table:
        """The mean over the worlds; shape (values of the first point, …)."""
        return np.asarray(self.worth.mean(axis=-1))


@dataclass(frozen=True)
class Decision:
    """A sum that is certain, in euros, against going to court: decided by one party, or by several as one.

    For who would pay, both are negative.
    """

    certain: float
    outlooks: tuple[Outlook, ...]


@dataclass(frozen=True)
class Information:
    """What knowing is worth to a decision, in euros, and how far it moves what going to court is worth.

    `now` is what going to court is worth as things stand: the mean over all that may be found. `moves` is the mean
    distance between what it is worth once reported and now. `deviation`, of shape (worlds,), is the part of the worth
    that each world makes: its spread gives the standard error. `pulls`: by how much the worth changes with each euro by
    which going to court is worth more, by outlook.
    """

    worth: float
    now: float
    moves: float
    deviation: Column
    pulls: tuple[float, ...]


def worth_of_information(decision: Decision, chances: Chances, reliability: float, worlds: Worlds) -> Information:
    """Return what a report on all the points of a decision is worth to it, at a reliability from 0.5 to 1.

    Where there are too many ways of reporting, `worlds` draw them.
    """
    tables = [_reported(outlook, chances, reliability) for outlook in decision.outlooks]
    points = list(dict.fromkeys(point for outlook in decision.outlooks for point in outlook.points))
    reports = [_reports(chances[point], reliability) for point in points]
    places, weights = _joint(points, reports, worlds)
    at = [_place(outlook, points, places) for outlook in decision.outlooks]
    expected = sum((table.reshape(-1)[place] for table, place in zip(tables, at, strict=True)), np.zeros(weights.size))
    now = math.fsum(mean_of(outlook, chances) for outlook in decision.outlooks)
    court, court_now = expected > decision.certain, now > decision.certain
    turned = court.astype(np.float64) - float(court_now)
    deviation, pulls = np.zeros(decision.outlooks[0].worth.shape[-1]), []
    for outlook, place in zip(decision.outlooks, at, strict=True):
        own = _on_values(outlook, place, weights * turned, chances, reliability)
        deviation += _mixed(outlook.worth, own) - own.sum() * _mixture(outlook, chances)
        pulls.append(float(own.sum()))
    return Information(float(np.sum(weights * turned * (expected - decision.certain))), now,
                       float(np.sum(weights * np.abs(expected - now))), deviation, tuple(pulls))


def worth_of_producing(outlooks: Sequence[Outlook], stands: float, chances: Chances, reliability: float,
                       worlds: Worlds) -> float:
    """Return what a report brings, in euros, to who may lay it before the court, or keep it where it does not serve.

    `stands`: what going to court is worth without it.
    """
    found = worth_of_information(Decision(stands, tuple(outlooks)), chances, reliability, worlds)
    return found.worth + max(found.now - stands, 0.0)


def channel(values: int, reliability: float) -> Table:
    """Return the chance of each report (row) for each value found (column).

    With the chance 2·reliability − 1 the report is what is found, else any of the values alike: of two values it names
    the right one with the chance `reliability`, at one half it teaches nothing, at 1 it never errs.
    """
    told = 2 * reliability - 1
    return np.asarray(told * np.eye(values) + (1 - told) / values)


def _reports(chances: Sequence[float], reliability: float) -> Column:
    """Return the chance of each report."""
    return np.asarray(channel(len(chances), reliability) @ np.asarray(chances))


def _after(chances: Sequence[float], reliability: float) -> Table:
    """Return the chance of each value found (column) after each report (row), by Bayes' rule."""
    joint = channel(len(chances), reliability) * np.asarray(chances)
    made = joint.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(joint, made, out=np.zeros_like(joint), where=made > 0))


def _reported(outlook: Outlook, chances: Chances, reliability: float) -> Table:
    """Return the mean after each way of reporting; the axes are those of the outlook."""
    found = outlook.means
    for axis, point in enumerate(outlook.points):
        found = np.moveaxis(np.tensordot(_after(chances[point], reliability), found, axes=(1, axis)), 0, axis)
    return found


def _on_values(outlook: Outlook, place: NDArray[np.intp], weights: Column, chances: Chances, reliability: float
               ) -> Table:
    """Return weights that lie on ways of reporting as they lie on the values found; the axes are those of the outlook.

    `place` says which way of reporting on the points of the outlook each weight is for.
    """
    shape = outlook.worth.shape[:-1]
    found: Table = np.asarray(np.bincount(place, weights, minlength=math.prod(shape)).reshape(shape))
    for axis, point in enumerate(outlook.points):
        found = np.moveaxis(np.tensordot(_after(chances[point], reliability).T, found, axes=(1, axis)), 0, axis)
    return found


def _joint(points: Sequence[str], reports: Sequence[Column], worlds: Worlds) -> tuple[NDArray[np.intp], Column]:
    """Return ways of reporting on all points, of shape (points, ways), and their weights, together 1."""
    sizes = [chances.size for chances in reports]
    if math.prod(sizes) <= MOST_JOINT:
        places = np.indices(sizes).reshape((len(sizes), math.prod(sizes)))
        chance = np.prod([chances[place] for chances, place in zip(reports, places, strict=True)], axis=0)
        return places.astype(np.intp), np.asarray(chance) if sizes else np.ones(1)
    draws = Worlds(worlds.seed, DRAWN)
    drawn = [np.searchsorted(np.cumsum(chances)[:-1], draws.uniform(f"report:{point}"))
             for point, chances in zip(points, reports, strict=True)]
    return np.asarray(drawn, dtype=np.intp), np.full(DRAWN, 1 / DRAWN)


def _place(outlook: Outlook, points: Sequence[str], places: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return which way of reporting on the points of an outlook, counted through its axes, each joint way is."""
    place = np.zeros(places.shape[1], dtype=np.intp)
    for size, point in zip(outlook.worth.shape, outlook.points, strict=False):
        place = place * size + places[points.index(point)]
    return place


def _mixture(outlook: Outlook, chances: Chances) -> Column:
    """Return what going to court brings as things stand, in euros per world: the mean over what may be found."""
    return _mixed(outlook.worth, _chances_of(outlook, chances))


def mean_of(outlook: Outlook, chances: Chances) -> float:
    """Return what going to court is worth as things stand, in euros: the mean over what may be found."""
    return float(np.sum(outlook.means * _chances_of(outlook, chances)))


def _chances_of(outlook: Outlook, chances: Chances) -> Table:
    return np.asarray(reduce(np.multiply.outer, (np.asarray(chances[point]) for point in outlook.points), np.ones(())))


def _mixed(worth: Table, weights: Table) -> Column:
    return np.asarray(np.tensordot(weights, worth, axes=weights.ndim))
