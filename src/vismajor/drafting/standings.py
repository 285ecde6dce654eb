"""Views of one issue gathered for a reader: one line per duty and answer, with the range of probabilities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vismajor.drafting import typography
from vismajor.drafting.words import words
from vismajor.reasoning.assessment import DOUBTFUL, IssueView, Label

CLOSE = 0.03  # within three points of one chance in three, or of two, the neighbouring answer is as good as this one
RESERVED = "_reserved"


@dataclass(frozen=True)
class Standing:
    """Claimants who get the same answer for the same duty, and the range of its probability."""

    duty: str | None
    label: Label
    claimants: tuple[str, ...]
    low: float
    high: float
    standard_error: float
    finding: str

    def chance(self, language: str) -> str:
        """Return the probability, or its range: `85 %`, `70 % à 85 %`."""
        low, high = typography.share(self.low, language), typography.share(self.high, language)
        return low if low == high else words(language)["range"].format(low=low, high=high)

    @property
    def word(self) -> str:
        """The key in `words` of what the probability amounts to: see `band`."""
        return band(self.label, self.low, self.high)

    @property
    def answer(self) -> str:
        """The word for the answer, in `words`: `answer_` and the band, with what says that a threshold is close."""
        near = [edge for edge in DOUBTFUL if self.low <= edge + CLOSE and self.high >= edge - CLOSE]
        if len(near) != 1:  # far from both, or spread over both: the bare word says enough
            return f"answer_{self.word}"
        whole = all(abs(chance - near[0]) <= CLOSE for chance in (self.low, self.high))
        word = self.word.removesuffix(RESERVED)
        towards = f"_{'no' if near[0] == DOUBTFUL[0] else 'yes'}" if word == "doubtful" else ""
        return f"answer_{word}{towards}_{'close' if whole else 'partly'}"


def band(label: Label, low: float, high: float) -> str:
    """Return the word that a probability, or a range of them, amounts to: never one less favourable than of a lower.

    Beyond two in three it is yes, below one in three no, whatever the label; where the label is another (the likeliest
    finding of every fact, taken alone, points the other way), `_reserved` says so.
    """
    word: Label = "established" if low > DOUBTFUL[1] else "not_established" if high < DOUBTFUL[0] else "doubtful"
    return word if word == label else f"{word}{RESERVED}"


def standings(views: Sequence[IssueView], language: str) -> Iterator[Standing]:
    """Yield the standings of one issue, in the order in which the views first show them."""
    gathered: dict[tuple[str | None, str], list[IssueView]] = {}
    for view in views:
        gathered.setdefault((view.duty, band(view.label, view.probability, view.probability)), []).append(view)
    for (duty, _), alike in gathered.items():
        label = alike[0].label  # the band and the reservation make the label
        chances = [view.probability for view in alike]
        claimants = tuple(dict.fromkeys(claimant for view in alike for claimant in view.claimants))
        finding = getattr(alike[0].issue.findings, label).in_language(language)
        error = max(view.standard_error for view in alike)
        yield Standing(duty, label, claimants, min(chances), max(chances), error, finding)


def short_names(names: Sequence[str], language: str) -> str:
    """List names, a common first part said once: `Demanderesse 01, 02 et 05`."""
    first = names[0].rpartition(" ")[0]
    if len(names) > 1 and first and all(name.rpartition(" ")[0] == first for name in names):
        if language == "fr" and " " not in first and first[-1] not in "sxz":
            first += "s"  # Demanderesses 01, 02 et 05
        last = [name.rpartition(" ")[2] for name in names]
        return f"{first}{typography.NO_BREAK}{typography.listing(last, language)}"
    return typography.listing(list(names), language)
