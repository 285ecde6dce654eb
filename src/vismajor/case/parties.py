"""The parties and their lawyers, as an act must name them (CPC 54, 648): companies, natural persons, counsel."""

from __future__ import annotations

from typing import Literal

from vismajor.reading.scalars import IsoDate, Money, Strict, Text


class Person(Strict):
    """What an act says of a natural person (CPC 54, 3° a): profession, domicile, nationality, date and place of birth.

    `title` chooses Monsieur or Madame, and the gender of all that agrees with it.
    """

    title: Literal["mr", "mrs"]
    profession: Text | None = None
    domicile: Text | None = None
    nationality: Text | None = None
    born_on: IsoDate | None = None
    born_at: Text | None = None


class Party(Strict):
    """A company or person of the dispute, as an act must name it (CPC 54, 3° b: form, name, seat, who represents it).

    `registration` is that in the register of companies; `capital` in euros; `address` where it is written to, if not at
    its seat. `person` makes it a natural person. `counsel` is the name of its lawyer.
    """

    name: Text
    form: Text | None = None
    capital: Money | None = None
    seat: Text | None = None
    registration: Text | None = None
    representative: Text | None = None
    address: Text | None = None
    person: Person | None = None
    counsel: Text | None = None


class Counsel(Party):
    """A law firm: `counsel` is the lawyer who signs, `bar` the bar to which he or she belongs."""

    bar: Text | None = None
