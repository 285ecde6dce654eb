"""Write the ledgers (FEC) of two claimants of this example case: every entry, name and amount is INVENTED.

The revenue of each month is that of accounts/<claimant>.csv to the cent, so that both sources tell the same. Purchases,
carriage, rent, payroll, bank charges, credit notes, balances brought forward, accruals at the year's end stand around.
Draws are keyed by the claimant's id; the same command always writes the same files:

    uv run python cases/ovh-strasbourg/generate_ledgers.py
"""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from types import ModuleType

STATUTORY = ("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum",
             "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet",
             "ValidDate", "Montantdevise", "Idevise")
JOURNALS = {"AN": "A-nouveaux", "VE": "Ventes", "AC": "Achats", "BQ": "Banque", "OD": "Opérations diverses"}
ACCOUNTS = {
    "101000": "Capital", "164000": "Emprunts",
    "281830": "Amortissements du matériel", "401000": "Fournisseurs", "408100": "Fournisseurs, factures non parvenues",
    "411000": "Clients", "418100": "Clients, factures à établir", "421000": "Personnel, rémunérations dues",
    "431000": "Sécurité sociale", "445660": "TVA déductible", "445710": "TVA collectée", "512000": "Banque",
    "604000": "Prestations achetées", "606100": "Eau et énergie", "606400": "Fournitures administratives",
    "607000": "Achats de marchandises", "611000": "Sous-traitance générale", "613200": "Locations immobilières",
    "622200": "Commissions sur ventes", "624100": "Transports sur achats",
    "627800": "Frais de cartes bancaires", "641000": "Salaires", "645000": "Charges sociales",
    "681120": "Dotations aux amortissements", "706000": "Prestations de services", "709600": "RRR sur prestations",
}


@dataclass(frozen=True)
class Line:
    """One line of an entry: account, third party, debit and credit in cents."""

    account: str
    debit: int = 0
    credit: int = 0
    party: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry: journal, day, piece, label, lines that balance."""

    journal: str
    day: dt.date
    piece: str
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Layout:
    """How software writes the file: encoding, separator, line end, decimal sign, Montant and Sens or not."""

    encoding: str = "utf-8"
    separator: str = "\t"
    line_end: str = "\r\n"
    decimal: str = ","
    directed: bool = False


@dataclass(frozen=True)
class Trade:
    """How a claimant does business: purchases and carriage as shares of revenue, rent and payroll in cents a month."""

    claimant: str
    siren: str
    purchases: tuple[tuple[str, float], ...]
    rent: int
    payroll: int
    invoices: int
    landlord: str


TRADES = (
    Trade("demanderesse-03", "000000003", (("604000", 0.08), ("611000", 0.10), ("606100", 0.02), ("627800", 0.008)),
          85_000, 240_000, 4, "Bailleur"),
    Trade("demanderesse-11", "000000011", (("607000", 0.41), ("622200", 0.06), ("624100", 0.05), ("606100", 0.03)),
          620_000, 3_100_000, 8, "SCI de l’Écluse"),
)


def split(total: int, parts: int, draws: Random) -> list[int]:
    """Split cents into positive parts that add up to the total."""
    weights = [draws.uniform(0.5, 1.5) for _ in range(parts)]
    amounts = [int(total * weight / sum(weights)) for weight in weights]
    amounts[-1] += total - sum(amounts)
    return amounts


def bill(account: str, net: int, day: dt.date, piece: str, party: str, *, sale: bool) -> Entry:
    """Return the entry of an invoice with VAT at 20 %; a negative net amount is a credit note."""
    vat = round(net * 0.2)
    third, tax = ("411000", "445710") if sale else ("401000", "445660")
    amounts = ((third, net + vat, party), (account, -net, ""), (tax, -vat, ""))
    signed = [(number, amount if sale else -amount, who) for number, amount, who in amounts]
    label = ("Facture " if net > 0 else "Avoir ") + f"{piece} {party}"
    lines = tuple(Line(number, max(amount, 0), max(-amount, 0), who) for number, amount, who in signed if amount)
    return Entry("VE" if sale else "AC", day, piece, label, lines)


def month_entries(trade: Trade, year: int, month: int, revenue: int, draws: Random) -> Iterator[Entry]:
    """Yield the entries of one month, whose revenue less rebates is `revenue` cents."""
    last = calendar.monthrange(year, month)[1]

    def some_day() -> dt.date:
        return dt.date(year, month, draws.randint(2, last - 1))

    tag, pieces = f"{year % 100:02d}{month:02d}", count(1)
    rebate = round(revenue * draws.uniform(0.002, 0.01)) if draws.random() < 0.4 else 0
    for net in split(revenue + rebate, trade.invoices, draws):
        customer = f"Client {draws.randint(1, 40):02d}"
        yield bill("706000", net, some_day(), f"F{tag}-{next(pieces):03d}", customer, sale=True)
    if rebate:
        yield bill("709600", -rebate, some_day(), f"V{tag}-{next(pieces):03d}", "Client 07", sale=True)
    for account, share in trade.purchases:
        net = round(revenue * share * draws.uniform(0.9, 1.1))
        yield bill(account, net, some_day(), f"A{tag}-{next(pieces):03d}", f"Fournisseur {account[:3]}", sale=False)
    yield bill("613200", trade.rent, dt.date(year, month, 5), f"L{tag}", trade.landlord, sale=False)
    yield bill("606400", draws.randint(2_000, 9_000), some_day(), f"B{tag}", 'Papeterie "Au Calame', sale=False)
    yield Entry("BQ", some_day(), f"R{tag}", "Encaissements clients",
                (Line("512000", debit=revenue), Line("411000", credit=revenue)))
    charges = round(trade.payroll * 0.42)
    yield Entry("OD", dt.date(year, month, last), f"P{tag}", "Paie du mois", (
        Line("641000", debit=trade.payroll), Line("645000", debit=charges), Line("421000", credit=trade.payroll),
        Line("431000", credit=charges)))


def year_edge_entries(trade: Trade, first: dt.date, last: dt.date | None, reverses: bool,
                      draws: Random) -> Iterator[Entry]:
    """Yield the balances brought forward, the reversals on the first day, and what is booked on the last, if any."""
    capital = 100_000 * draws.randint(5, 20)
    yield Entry("AN", first, "AN", "À-nouveaux", (Line("512000", debit=capital), Line("101000", credit=capital)))
    to_bill, to_pay = trade.rent * 2, trade.rent // 2
    accruals = ((to_bill, "418100", "706000"), (to_pay, "604000", "408100"))
    for amount, debit, credit in accruals:
        if reverses:
            yield Entry("OD", first, "EXT", "Extourne", (Line(credit, debit=amount), Line(debit, credit=amount)))
        if last:
            yield Entry("OD", last, "INV", "Inventaire", (Line(debit, debit=amount), Line(credit, credit=amount)))
    if last:
        yield Entry("OD", last, "AMO", "Dotation aux amortissements",
                    (Line("681120", debit=trade.rent), Line("281830", credit=trade.rent)))


def year_entries(trade: Trade, months: list[tuple[int, int, int]], *, reverses: bool = False,
                 closes: bool = True) -> list[Entry]:
    """Return the entries of a financial year, by day; `months` holds year, month and revenue in cents.

    `reverses`: a year before it left accruals to reverse; `closes`: the year is over, and its inventory booked.
    """
    digest = hashlib.sha256(f"{trade.claimant} {months[0][:2]}".encode()).digest()
    draws = Random(digest)
    (year, month, _), (end_year, end_month, _) = months[0], months[-1]
    last = dt.date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
    entries = list(year_edge_entries(trade, dt.date(year, month, 1), last if closes else None, reverses, draws))
    for each in months:
        entries += month_entries(trade, *each, draws)
    return sorted(entries, key=lambda entry: entry.day)


def write_amounts(line: Line, layout: Layout) -> tuple[str, str]:
    """Return the two fields that hold the amount of a line."""
    def written(cents: int) -> str:
        return f"{cents // 100}{layout.decimal}{cents % 100:02d}"

    if layout.directed:
        return written(line.debit or line.credit), "D" if line.debit else "C"
    return written(line.debit), written(line.credit)


def write_lines(entries: list[Entry], layout: Layout) -> Iterator[str]:
    """Yield the header and the lines of a file."""
    names = {"Debit": "Montant", "Credit": "Sens"} if layout.directed else {}
    yield layout.separator.join(names.get(name, name) for name in STATUTORY)
    for number, entry in enumerate(entries, start=1):
        day = f"{entry.day:%Y%m%d}"
        for line in entry.lines:
            yield layout.separator.join((
                entry.journal, JOURNALS[entry.journal], str(number), day, line.account, ACCOUNTS[line.account],
                line.party.replace(" ", "")[:12].upper(), line.party, entry.piece, day, entry.label,
                *write_amounts(line, layout), "", "", day, "", ""))


def write_ledger(path: Path, entries: list[Entry], layout: Layout) -> None:
    """Write one file."""
    with path.open("w", encoding=layout.encoding, newline="") as file:
        for line in write_lines(entries, layout):
            file.write(line + layout.line_end)


def monthly_cents(claimant: str, accounts: ModuleType) -> dict[tuple[int, int], int]:
    """Return the revenue of each month in cents, as accounts/<claimant>.csv has it."""
    profile = next(profile for profile in accounts.PROFILES if profile.claimant == claimant)
    amounts = accounts.revenue(profile)
    return {(accounts.FIRST_YEAR + index // 12, index % 12 + 1): round(amount * 100)
            for index, amount in enumerate(amounts)}


def load_accounts_script() -> ModuleType:
    """Return the script next to this one that invents the monthly revenue."""
    spec = importlib.util.spec_from_file_location("generate_accounts", Path(__file__).with_name("generate_accounts.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def claimant_years(trade: Trade, start: int) -> Iterator[tuple[dt.date, list[Entry]]]:
    """Yield the last day and the entries of each financial year from the month `start`; the last one is open."""
    years: dict[int, list[tuple[int, int, int]]] = {}
    for (year, month), cents in monthly_cents(trade.claimant, load_accounts_script()).items():
        years.setdefault(year if start == 1 or month < start else year + 1, []).append((year, month, cents))
    for index, months in enumerate(years.values()):
        last = dt.date(*months[-1][:2], calendar.monthrange(*months[-1][:2])[1])
        closes = last.month % 12 + 1 == start
        yield last, year_entries(trade, months, reverses=index > 0, closes=closes)


def main() -> None:
    """Write accounts/<SIREN>FEC<last day>.txt: calendar years for the first claimant, from October for the next."""
    layouts = (Layout(), Layout("cp1252", "|", directed=True))
    for trade, start, layout in zip(TRADES, (1, 10), layouts, strict=True):
        for last, entries in claimant_years(trade, start):
            write_ledger(Path(__file__).parent / "accounts" / f"{trade.siren}FEC{last:%Y%m%d}.txt", entries, layout)


if __name__ == "__main__":
    main()
