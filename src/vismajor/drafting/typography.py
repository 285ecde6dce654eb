"""Money, dates, shares and lists as they are printed in French and in English."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from vismajor.damages.money import sensible

NARROW, NO_BREAK = "\u202f", "\u00a0"


def money(amount: Decimal, language: str, cents: bool = False) -> str:
    """Return an amount in euros, rounded half upwards: `1 284 350 €`, or with cents `1 284 350,27 €`."""
    unit = Decimal("0.01") if cents else Decimal(1)
    rounded = amount.quantize(unit, ROUND_HALF_UP) + 0  # + 0: never “-0 €”
    return minus(format_currency(rounded, "EUR", format=None if cents else _whole(language), locale=language,
                                 currency_digits=cents, decimal_quantization=False))


def minus(text: str) -> str:
    """Return a number with the minus sign (U+2212) in place of the hyphen, which may end a line."""
    return text.replace("-", "−")


def _whole(language: str) -> str:
    return f"#,##0{NO_BREAK}¤" if language == "fr" else "¤#,##0"


def amount(value: Decimal, language: str) -> str:
    """Return an amount in whole euros without its sign, for tables whose heading says euros."""
    return minus(format_decimal(value.quantize(Decimal(1), ROUND_HALF_UP) + 0, format="#,##0", locale=language))


def cents(value: Decimal, language: str) -> str:
    """Return an amount to the cent without its sign, for tables whose heading says euros."""
    return minus(format_decimal(value.quantize(Decimal("0.01"), ROUND_HALF_UP) + 0, format="#,##0.00",
                                locale=language))


def about(value: Decimal, rounding: str = ROUND_HALF_UP) -> Decimal:
    """Return an amount to three significant digits, as a figure to negotiate with is said: 116 985 gives 117 000."""
    return sensible(value, rounding)


def number(value: Decimal | float, language: str) -> str:
    """Return a plain number with the separators of the language."""
    return minus(format_decimal(value, locale=language))


def decimal(value: float, language: str, digits: int) -> str:
    """Return a number with so many digits after the decimal mark."""
    return minus(format_decimal(round(value, digits), format="0." + "0" * digits, locale=language))


def figure(value: Decimal, language: str) -> str:
    """Return a number with all its digits after the decimal mark, and the separators of the language: `5 142,90`."""
    digits = max(-int(value.as_tuple().exponent), 0)
    shown: str = format_decimal(value, format="#,##0" + ("." + "0" * digits if digits else ""), locale=language)
    return shown


def share(probability: float, language: str) -> str:
    """Return a probability in whole per cent; one that is neither 0 nor 1 is never printed as 0 % or 100 %."""
    space = NO_BREAK if language == "fr" else ""
    if 0 < probability < 0.005:
        return f"<{NO_BREAK}1{space}%"
    if 0.995 <= probability < 1:
        return f">{NO_BREAK}99{space}%"
    return f"{(100 * Decimal(str(probability))).quantize(Decimal(1), ROUND_HALF_UP)}{space}%"


def of_share(probability: float, language: str) -> str:
    """Return a probability to follow “is” in a sentence: `de 36 %`, `inférieure à 1 %`, `nulle`."""
    small, large = 0 < probability < 0.005, 0.995 <= probability < 1
    if language == "fr":
        if probability == 0:
            return "nulle"
        return f"inférieure à 1{NO_BREAK}%" if small else f"supérieure à 99{NO_BREAK}%" if large else (
            f"de {share(probability, language)}")
    return "below 1%" if small else "above 99%" if large else share(probability, language)


def date(day: dt.date, language: str) -> str:
    """Return a date in words: `10 mars 2021`, `1er mars 2021`, `10 March 2021`."""
    if language == "fr":
        text = format_date(day, "d MMMM y", locale="fr")
        return "1er" + text[1:] if day.day == 1 else text
    return format_date(day, "d MMMM y", locale="en_GB")


def partial_date(text: str, language: str) -> str:
    """Return a date YYYY, YYYY-MM or YYYY-MM-DD in words, as far as it is known."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return text
    day = dt.date(parts[0], parts[1], parts[2] if len(parts) > 2 else 2)
    if len(parts) == 3:
        return date(day, language)
    return format_date(day, "MMMM y", locale=language)


def short_date(day: dt.date, language: str) -> str:
    """Return a date in figures, for tables: `31/12/2021`, `2021-12-31`."""
    return f"{day:%d/%m/%Y}" if language == "fr" else day.isoformat()


def weekday(day: dt.date, language: str) -> str:
    """Return the day of the week, shortened, for tables: `mar.`, `Tue`."""
    return format_date(day, "EEE", locale="fr" if language == "fr" else "en_GB")


def month_of_year(number: int, language: str) -> str:
    """Return the name of a month of any year, 1 to 12: `mars`, `March`."""
    return format_date(dt.date(2000, number, 1), "LLLL", locale=language)


def listing(items: Sequence[str], language: str) -> str:
    """Return `a, b et c`."""
    return format_list(list(items), locale=language)


def capital(text: str) -> str:
    """Return the text with its first letter in upper case and the rest untouched."""
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """Return the text with its first letter in lower case, unless it begins with an acronym."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


_ELIDED = re.compile(r"\b([Qq])ue (?=(?:ils?|elles?|on|une?|aucune?|en|à|aux?|entre|après|avant|avec)\b)")
_ELIDED_IF = re.compile(r"\b([Ss])i (?=ils?\b)")
_ELIDED_OF = re.compile(r"\b([Dd])e (?=au (?:moins|plus)\b|avril\b|août\b|octobre\b)")


def elided(text: str, language: str) -> str:
    """Write `qu’il`, `s’il`, `d’au moins` where a clause or a number was put after `que`, `si`, `de`."""
    if language != "fr":
        return text
    for pattern, put in ((_ELIDED, r"\1u’"), (_ELIDED_OF, r"\1’"), (_ELIDED_IF, r"\1’")):
        text = type(text)(pattern.sub(put, text))  # what is already escaped stays so
    return text


def of(name: str) -> str:
    """Return a name after the French `de`: `d’OVH`, `de la société X`."""
    return f"d’{name}" if name[:1].lower() in "aeiouyàâéèêëîïôûœæ" else f"de {name}"


_ELIDED_NAME = re.compile(r"\b([Dd])e (?=[AEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜŒÆ])")


def of_name(text: str, language: str) -> str:
    """Write `d’OVH` where a name was put after `de`; names in H are left alone, some of which are aspirated."""
    return _ELIDED_NAME.sub(r"\1’", text) if language == "fr" else text


_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_SHORT_MONTHS = r"janv\.|févr\.|avr\.|juill\.|sept\.|oct\.|nov\.|déc\."
_TIED = (  # what stays on one line: a day and its month, an abbreviation and what it announces
    re.compile(rf"(\b\d{{1,2}}|\b1er) (?={_MONTHS}|{_SHORT_MONTHS})"),
    re.compile(r"(\b[LRD]\.|\bC\.|\bCass\.|\bart\.|\bn°|\b[Aa]rticles?|\bMe|\bM\.) (?=[\w])"),
)


def spaced(text: str, language: str) -> str:
    """Put the no-break spaces that French typography asks for, and curly apostrophes."""
    if language != "fr":
        return text
    for sign in (";", "?", "!", ":", "»", "%", "€"):
        space = NARROW if sign in ";?!" else NO_BREAK
        text = text.replace(f" {sign}", f"{space}{sign}")
    for pattern in _TIED:
        text = pattern.sub(rf"\g<1>{NO_BREAK}", text)
    return text.replace("'", "’").replace("« ", f"«{NO_BREAK}")
