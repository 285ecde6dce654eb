"""The columns of the statutory ledger export (FEC), by the names that software gives them.

Source: article A. 47 A-1 of the Livre des procédures fiscales, VII (commercial accounts, 18 columns) and VIII (BNC and
farms, 18 to 22 columns); X allows Montant and Sens in the place of Debit and Credit.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from vismajor.reading.problems import Problem, closest, problem

STATUTORY = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib",
    "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise",
    "Idevise",
)
# What is read here; a file that lacks another statutory column is read, and told.
NEEDED = ("JournalCode", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib")
_TREASURY = ("DateRglt", "ModeRglt", "NatOp", "IdClient")  # article A. 47 A-1, VIII, 5° and 7°
_ALIASES: dict[str, tuple[str, ...]] = {
    "JournalCode": ("CodeJournal", "CodeJnl", "JnlCode", "Journal"),
    "JournalLib": ("JournalLibelle", "LibelleJournal", "LibJournal", "JournalLabel"),
    "EcritureNum": ("EcritureNumero", "NumEcriture", "NumeroEcriture", "NumeroDEcriture", "NEcriture", "EcritureNo"),
    "EcritureDate": ("DateEcriture", "DateDEcriture", "DateComptable", "DateCompta", "DateDeComptabilisation"),
    "CompteNum": ("CompteNumero", "NumCompte", "NumeroCompte", "NumeroDeCompte", "CompteGeneral", "Compte"),
    "CompteLib": ("CompteLibelle", "LibelleCompte", "LibCompte", "IntituleCompte", "CompteIntitule"),
    "CompAuxNum": ("CompteAuxNum", "ComptAuxNum", "NumCompteAux", "CompteAuxiliaire", "CompAuxNumero"),
    "CompAuxLib": ("CompteAuxLib", "ComptAuxLib", "LibCompteAux", "CompAuxLibelle", "LibelleAuxiliaire"),
    "PieceRef": ("RefPiece", "ReferencePiece", "PieceReference", "NumPiece", "PieceNum"),
    "PieceDate": ("DatePiece", "DateDePiece"),
    "EcritureLib": ("EcritureLibelle", "LibelleEcriture", "LibEcriture", "Libelle"),
    "Debit": ("MontantDebit", "DebitMontant", "DebitEuro", "DebitEUR"),
    "Credit": ("MontantCredit", "CreditMontant", "CreditEuro", "CreditEUR"),
    "Montant": ("MontantEuro", "MontantEUR"),
    "Sens": ("SensEcriture", "SensMontant"),
    "EcritureLet": ("EcritureLettrage", "Lettrage", "Let", "CodeLettrage"),
    "DateLet": ("DateLettrage", "LettrageDate", "LetDate"),
    "ValidDate": ("DateValid", "DateValidation", "ValidationDate", "DateDeValidation"),
    "Montantdevise": ("DeviseMontant", "MontantEnDevise", "MtDevise"),
    "Idevise": ("Devise", "IdDevise", "IdentDevise", "CodeDevise", "DeviseId", "Idevice"),
}


def plain(name: str) -> str:
    """Return a name without accents, case, spaces, signs: what is left to tell columns (and journals) apart."""
    bare = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in bare.casefold() if letter.isascii() and letter.isalnum())


_BY_NAME = {plain(alias): name for name, aliases in _ALIASES.items() for alias in (name, *aliases)}


def recognised(header: Sequence[str]) -> dict[str, int]:
    """Return the position of each column that `header` names, under its statutory name; the first of two counts."""
    found: dict[str, int] = {}
    for position, written in enumerate(header):
        name = _BY_NAME.get(plain(written))
        if name is not None:
            found.setdefault(name, position)
    return found


def amount_columns(columns: dict[str, int]) -> tuple[str, str]:
    """Return the two columns that hold the amounts: Debit and Credit, unless only Montant and Sens are there."""
    directed = "Montant" in columns and "Sens" in columns and not ("Debit" in columns and "Credit" in columns)
    return ("Montant", "Sens") if directed else ("Debit", "Credit")


def check_header(header: Sequence[str], file: str) -> tuple[list[Problem], list[Problem]]:
    """Return the mistakes that forbid to read a file with this header, and the tolerances needed to read it."""
    columns = recognised(header)
    errors: list[Problem] = []
    unknown = [written for written in header if plain(written) not in _BY_NAME]
    for name in (*NEEDED, *amount_columns(columns)):
        if name not in columns:
            near = closest(name.casefold(), [written.casefold() for written in unknown if written.strip()])
            read = next((written for written in unknown if written.casefold() == near), None)
            if read is None:
                errors.append(problem(file, (1, 1), "ledger_column_missing", key=name))
            else:
                unknown.remove(read)
                errors.append(problem(file, (1, _column(header, read)), "ledger_column_near", read=read, expected=name))
    for position, written in enumerate(header):
        known = _BY_NAME.get(plain(written))
        if known and position != columns[known]:
            errors.append(problem(file, (1, 1), "ledger_column_twice", read=written, expected=known))
    return errors, _told(header, columns, file)


def _column(header: Sequence[str], written: str) -> int:
    """Return the column where the first character of a name stands."""
    return sum(len(name) + 1 for name in header[:header.index(written)]) + 1


def _told(header: Sequence[str], columns: dict[str, int], file: str) -> list[Problem]:
    findings = []
    renamed = [f"{header[position]} = {name}" for name, position in columns.items()
               if header[position].casefold() != name.casefold()]
    if renamed:
        findings.append(problem(file, (1, 1), "ledger_header_name", names=", ".join(renamed)))
    usual = {plain(name) for name in _TREASURY}
    extra = [written for written in header if plain(written) and plain(written) not in usual | set(_BY_NAME)]
    if extra:
        findings.append(problem(file, (1, 1), "ledger_extra_columns", names=", ".join(extra)))
    left, right = amount_columns(columns)
    statutory = [{"Debit": left, "Credit": right}.get(name, name) for name in STATUTORY]
    absent = [name for name in statutory if name not in columns and name not in NEEDED and name not in (left, right)]
    if absent:
        findings.append(problem(file, (1, 1), "ledger_columns_absent", names=", ".join(absent)))
    return findings
