"""Write the customers lists of two claimants of this example case: every line is INVENTED.

No real company's customers stand behind these lists. Customers come and go at a constant rate, a little more come than
go so that the business grows as its accounts do (generate_accounts.py); in the weeks after the fire some more leave.
What the customers present on the day of the fire bring a month adds up to the level of the accounts at that time. The
draws are keyed by the claimant's id; the same command always writes the same files:

    uv run python cases/ovh-strasbourg/generate_customers.py
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SEED = 20210310
FIRE = dt.date(2021, 3, 10)
FIRST, LAST = dt.date(2018, 1, 1), dt.date(2021, 11, 30)  # the list names every departure between these days
DAYS_A_MONTH = 365.25 / 12
SPREAD = 0.55  # of the logarithm of what a customer brings
WEEKS_LOST = 26  # those that the fire drives away leave within half a year


@dataclass(frozen=True)
class Profile:
    """How one claimant's customers come and go: how many at first, rates a month, share driven away by the fire.

    `level` is the monthly revenue at the time of the fire, season apart; `margin_rate` is None where the list gives
    revenue, and the share of revenue that the list gives as a margin otherwise.
    """

    claimant: str
    customers: int
    leaving: float
    coming: float
    driven_away: float
    level: float
    margin_rate: float | None


PROFILES = (
    Profile("demanderesse-01", 52, 0.0135, 0.0175, 0.05, 74_500.0, None),
    Profile("demanderesse-11", 124, 0.0135, 0.0165, 0.10, 173_100.0, 0.45),
)


@dataclass
class Line:
    """A customer of the list: when it came, when it left (or not within the list), how large it is."""

    start: dt.date
    end: dt.date | None
    size: float


def customers(profile: Profile) -> list[Line]:
    """Return the customers of one claimant, in the order in which they came."""
    digest = hashlib.sha256(profile.claimant.encode()).digest()
    draws = np.random.Generator(np.random.Philox(key=[SEED, int.from_bytes(digest[8:16], "big")]))
    starts = [FIRST - dt.timedelta(days=1 + int(draws.exponential(1_100))) for _ in range(profile.customers)]
    day = 0.0
    while True:
        day += draws.exponential(DAYS_A_MONTH / (profile.coming * profile.customers))
        if day > (LAST - FIRST).days:
            break
        starts.append(FIRST + dt.timedelta(days=int(day)))
    lines = []
    for start in sorted(starts):
        stay = int(draws.exponential(DAYS_A_MONTH / profile.leaving))
        end = max(start, FIRST) + dt.timedelta(days=1 + stay)
        driven, later = draws.random() < profile.driven_away, int(draws.integers(3, 7 * WEEKS_LOST))
        if driven and start < FIRE < end:
            end = min(end, FIRE + dt.timedelta(days=later))
        lines.append(Line(start, end if end <= LAST else None, float(np.exp(SPREAD * draws.standard_normal()))))
    return lines


def write(profile: Profile, folder: Path) -> None:
    """Write one claimant's list as its own programme would export it: French headings, decimal commas."""
    lines = customers(profile)
    present = sum(line.size for line in lines if line.start < FIRE and (line.end is None or line.end >= FIRE))
    scale = profile.level * (profile.margin_rate or 1) / present
    amount = "CA mensuel HT" if profile.margin_rate is None else "marge mensuelle"
    rows = [f"client;date d’entrée;date de départ;{amount};liste depuis le;arrêtée au"]
    for number, line in enumerate(lines, start=1):
        brings = f"{5 * round(line.size * scale / 5):.2f}".replace(".", ",")
        rows.append(f"C{number:03d};{line.start};{line.end or ''};{brings};{FIRST};{LAST}")
    name = profile.claimant.replace("demanderesse", "clients-demanderesse")
    (folder / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Write accounts/clients-<claimant>.csv next to this script."""
    for profile in PROFILES:
        write(profile, Path(__file__).parent / "accounts")


if __name__ == "__main__":
    main()
