"""A small ledger export, written as accounting programs write it."""

from pathlib import Path

HEADER = ("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum",
          "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet",
          "ValidDate", "Montantdevise", "Idevise")


def write_ledger(folder: Path, year: int, sales: int = 1000) -> Path:
    """Write a year of `sales` a month, half of it bought, with salaries and an accrual at its end."""
    moves = [(f"{year}{month:02d}15", account, label, debit, credit)
             for month in range(1, 13) for account, label, debit, credit in (
                 ("411000", "Clients", sales, 0), ("707000", "Ventes de marchandises", 0, sales),
                 ("607000", "Achats", sales // 2, 0), ("641000", "Salaires", 100, 0),
                 ("401000", "Fournisseurs", 0, sales // 2 + 100))]
    moves += [(f"{year}1231", "418100", "Factures à établir", 70, 0), (f"{year}1231", "707000", "Ventes", 0, 70)]
    lines = ["\t".join(HEADER)]
    lines += ["\t".join(["OD", "Opérations", day, day, account, label, "", "", "P1", day, label, f"{debit},00",
                         f"{credit},00", "", "", day, "", ""]) for day, account, label, debit, credit in moves]
    path = folder / f"123456789FEC{year}1231.txt"
    path.write_text("\n".join(lines) + "\n", encoding="iso-8859-15")
    return path
