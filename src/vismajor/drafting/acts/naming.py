"""How the discussion names the parties: the roles of the law pack's clauses become the parties of this act.

The pack says “le débiteur”, “le client”; an act “votre société”, “la société X”. Words of roles and what must agree
with them stand in `templates/<language>/words/roles.yaml`. Rules of law stated in general keep their general words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from vismajor.case.parties import Party
from vismajor.drafting import typography
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.words import words

Address = Literal["letter", "court"]
_DENIED = re.compile(r"(?:aucune?|no)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Named:
    """What a party is called in the middle of a sentence, and whether what agrees with it is feminine."""

    text: str
    feminine: bool


@dataclass(frozen=True)
class Naming:
    """The names of an act: the debtor, the client, each of the clients for whom alone something is said (`each`).

    `whom` is the noun for several claimants by their numbers (`demanderesses`), `who` that for one; `anybody` any of
    several, of whom something is denied. `submitting` is “X submits”, X being our side; `itself` the pronoun for it.
    """

    debtor: Named
    client: Named
    each: Named
    who: str
    whom: str
    language: str
    submitting: str
    ours: Named
    itself: str
    anybody: Named | None = None

    def clause(self, text: str, some: bool = False) -> str:
        """Return a clause with the parties named in it; `some`: it is said of some claimants alone."""
        said = _named(text, "debtor", self.debtor, self.language)
        return _named(said, "client", self._client(text, some), self.language)

    def of_itself(self, clause: str) -> str:
        """Return what our side submits, as a clause after “X submits that”: of X itself, by its pronoun."""
        begins = clause.lower().startswith(f"{self.ours.text.lower()} ")
        return f"{self.itself}{clause[len(self.ours.text):]}" if begins else clause

    def _client(self, text: str, some: bool) -> Named:
        """Return how the client is called: what is denied of each of several is denied of any of them."""
        if self.anybody is not None and not some and _DENIED.match(text):
            return self.anybody
        return self.each if some else self.client

    def numbered(self, whom: Sequence[int], ranges: str) -> str:
        """Return the claimants of some numbers: `la demanderesse n° 2`, `les demanderesses n° 1 à 3`."""
        say = words(self.language)
        return say["role_whom_one" if len(whom) == 1 else "role_whom_many"].format(
            noun=self.who if len(whom) == 1 else self.whom, numbers=ranges)


def naming_of(matter: Matter, address: Address) -> Naming:
    """Return how an act names the parties: by their names before a court, by “your company” in a letter."""
    language, file, say = matter.language, matter.case.file, words(matter.language)
    ours, to_them = matter.side == "claimants", address == "letter"
    men = any(_is_man(loss.claimant) for loss in matter.losses)
    gender = "m" if men else "f"
    debtor = called(file.respondent, language)
    if to_them and ours and file.respondent.person is None:
        debtor = Named(say["role_your_company"], True)
    if to_them and not ours:
        debtor = Named(say["role_my_client_f" if debtor.feminine else "role_my_client_m"], debtor.feminine)
    if matter.one:
        client = called(matter.losses[0].claimant, language)
        if to_them and ours and file.acts.notice.sent_by == "lawyer":
            client = Named(say[f"role_my_client_{gender}"], not men)
        elif to_them and not ours and matter.losses[0].claimant.person is None:
            client = Named(say["role_your_company"], True)
    else:
        client = Named(say[f"role_every_{gender}"], not men)
    each = client if matter.one else Named(say[f"role_each_{gender}"], not men)
    one_of_us, several = debtor if matter.side == "respondent" else client, say[f"role_claimants_{gender}"]
    submitting = say["role_submit_one"].format(name=one_of_us.text) if matter.side == "respondent" or matter.one else (
        say["role_submit_many"].format(name=several))
    itself = say[f"role_themselves_{gender}"] if ours and not matter.one else _pronoun(
        matter.losses[0].claimant if ours else file.respondent, language)
    return Naming(debtor, client, each, say[f"role_claimant_{gender}"], several, language, submitting, one_of_us,
                  itself, None if matter.one else Named(say[f"role_any_{gender}"], not men))


def called(party: Party, language: str) -> Named:
    """Return what a party is called: `la société X`, `Monsieur X`, `Madame X`."""
    say = words(language)
    if party.person is None:
        return Named(say["role_company"].format(name=party.name), True)
    man = _is_man(party)
    return Named(say["role_mr" if man else "role_mrs"].format(name=party.name), not man)


def _pronoun(party: Party, language: str) -> str:
    kind = "company" if party.person is None else "m" if _is_man(party) else "f"
    return words(language)[f"role_itself_{kind}"]


def _is_man(party: Party) -> bool:
    return party.person is not None and party.person.title == "mr"


def _named(text: str, role: str, name: Named, language: str) -> str:
    say = words(language)
    nouns = say[f"role_{role}"]
    if re.search(rf"\b(?:{nouns})\b", text) is None:
        return text
    if language != "fr":
        return _put(rf"\bthe (?:{nouns})\b", name.text, text)
    alone = say["role_alone_f" if name.feminine else "role_alone_m"]
    of = typography.of(name.text)
    for pattern, put in (
            (rf"\bdu seul (?:{nouns})\b", f"{of} {alone}"), (rf"\bau seul (?:{nouns})\b", f"à {name.text} {alone}"),
            (rf"\ble seul (?:{nouns})\b", f"{name.text} {alone}"),
            (rf"\b(?:du |de l['’])(?:{nouns})\b", of), (rf"\b(?:au |à l['’])(?:{nouns})\b", f"à {name.text}"),
            (rf"(?:\ble |\bl['’])(?:{nouns})\b", name.text)):
        text = _put(pattern, put, text)
    return _agreeing(text, name, language) if name.feminine else text


def _put(pattern: str, put: str, text: str) -> str:
    """Replace what matches, whatever its capitals: a capital at its beginning stays one."""
    return re.sub(pattern, lambda found: typography.capital(put) if found[0][0].isupper() else put, text,
                  flags=re.IGNORECASE)


def _agreeing(text: str, name: Named, language: str) -> str:
    """Put into the feminine what agrees with a party: the participle after it, and the pronouns that stand for it."""
    say = words(language)
    verb = rf"(?:ne |n['’]|s['’])?(?:{say['role_verbs']})(?: (?:{say['role_between']}))*"
    text = re.sub(rf"({re.escape(name.text)}(?: \w+)? {verb} (?:{say['role_agreeing']}))\b", r"\1e", text,
                  flags=re.IGNORECASE)
    for pair in say["role_pronouns"].split("|"):
        masculine, _, feminine = pair.partition("=")
        text = re.sub(rf"\b{masculine}\b", feminine, text)
    return text
