"""Sums in words, as a settlement states them: in French with the agreement of vingt, cent, million; in English."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from vismajor.drafting.words import words


def spelled(amount: Decimal, language: str) -> str:
    """Return a sum in words, up to 999 999 999 999,99 euros: `mille deux cents euros et cinquante centimes`."""
    cents = int((amount * 100).quantize(Decimal(1), ROUND_HALF_UP))
    whole, part = divmod(cents, 100)
    say, said = words(language), list[str]()
    if whole or not part:
        # « un million d’euros »: after a whole number of millions the noun takes its article.
        of = "numeral_euro_of" if whole and whole % 1_000_000 == 0 else (
            "numeral_euro_one" if whole == 1 or (whole == 0 and language == "fr") else "numeral_euro_many")
        said.append(f"{in_words(whole, language)} {say[of]}")
    if part:
        said.append(f"{in_words(part, language)} {say['numeral_cent_one' if part == 1 else 'numeral_cent_many']}")
    return say["and"].join(said)


def in_words(number: int, language: str) -> str:
    """Return a whole number in words, from 0 to 999,999,999,999."""
    return _french(number) if language == "fr" else _english(number)


def _table(language: str, name: str) -> list[str]:
    return words(language)[f"numeral_{name}"].split()


def _french(number: int, before: bool = False) -> str:
    """Return a number in French; `before` a noun such as mille, after which vingt and cent take no mark of plural."""
    units, scale = _table("fr", "units"), _table("fr", "scale")
    if number < 20:
        return units[number]
    if number < 100:
        return _french_tens(number, before)
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        head = scale[0] if hundreds == 1 else f"{units[hundreds]} {scale[0]}{'' if rest or before else 's'}"
        return f"{head} {_french(rest, before)}" if rest else head
    if number < 1_000_000:
        thousands, rest = divmod(number, 1000)
        head = scale[1] if thousands == 1 else f"{_french(thousands, before=True)} {scale[1]}"
        return f"{head} {_french(rest, before)}" if rest else head
    size, name = (1_000_000_000, scale[3]) if number >= 1_000_000_000 else (1_000_000, scale[2])
    many, rest = divmod(number, size)
    head = f"{_french(many)} {name}{'s' if many > 1 else ''}"  # nouns: « deux cents millions »
    return f"{head} {_french(rest, before)}" if rest else head


def _french_tens(number: int, before: bool) -> str:
    tens, units = _table("fr", "tens"), _table("fr", "units")
    ten, rest = divmod(number, 10)
    if ten in (7, 9):  # soixante-dix, quatre-vingt-dix: counted from the ten below
        ten, rest = ten - 1, rest + 10
    if ten == 8:
        return tens[8] + (f"-{units[rest]}" if rest else "" if before else "s")
    if not rest:
        return tens[ten]
    return f"{tens[ten]}{words('fr')['and']}{units[rest]}" if rest in (1, 11) else f"{tens[ten]}-{units[rest]}"


def _english(number: int) -> str:
    units, tens, scale = (_table("en", name) for name in ("units", "tens", "scale"))
    if number < 20:
        return units[number]
    if number < 100:
        return tens[number // 10] + (f"-{units[number % 10]}" if number % 10 else "")
    if number < 1000:
        rest = number % 100
        return f"{units[number // 100]} {scale[0]}" + (f"{words('en')['and']}{_english(rest)}" if rest else "")
    power = min(len(scale) - 1, (len(str(number)) - 1) // 3)
    many, rest = divmod(number, 1000**power)
    joined = "" if not rest else words("en")["and"] if rest < 100 else " "
    return f"{_english(many)} {scale[power]}{joined}{_english(rest) if rest else ''}"

