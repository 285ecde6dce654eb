"""Write the monthly revenue of the twenty claimants of this example case: every figure is INVENTED.

No real company's accounts stand behind these series. Each one is a level, a trend, a season that depends on the sector,
a mild dip in the closures of spring 2020, an autocorrelated log-normal noise, and from March 2021 a drop that recovers
over some months. The draws are keyed by the claimant's id, so that adding or changing one claimant moves no other; the
same command always writes the same files:

    uv run python cases/ovh-strasbourg/generate_accounts.py
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SEED = 20210310
FIRST_YEAR = 2018
MONTHS = 47  # January 2018 to November 2021
FIRE = 38  # index of March 2021
CLOSED = 26  # index of March 2020
SHARE_OF_MARCH = 22 / 31  # the site stopped on 10 March
NOISE_MEMORY = 0.35

# Ratio of each calendar month to the year's average, before normalisation.
SEASONS: dict[str, tuple[float, ...]] = {
    "marketing": (0.94, 0.97, 1.04, 1.01, 1.00, 1.02, 0.95, 0.82, 1.06, 1.07, 1.09, 1.03),
    "health": (1.03, 1.01, 1.03, 1.00, 0.98, 1.01, 0.94, 0.84, 1.03, 1.06, 1.05, 1.02),
    "tourism": (0.62, 0.74, 0.85, 1.02, 1.14, 1.31, 1.58, 1.52, 1.10, 0.86, 0.58, 0.68),
    "accounting": (1.06, 1.04, 1.12, 1.18, 1.15, 1.00, 0.90, 0.76, 0.92, 0.95, 0.94, 0.98),
    "property": (0.88, 0.94, 1.05, 1.08, 1.10, 1.12, 1.06, 0.82, 1.04, 1.03, 0.97, 0.91),
}
# Mild on purpose: the closures of spring 2020 (March, April, May, June).
CLOSURES: dict[str, tuple[float, ...]] = {
    "marketing": (0.98, 0.94, 0.95, 0.98),
    "health": (0.98, 0.95, 0.97, 0.99),
    "tourism": (0.93, 0.85, 0.87, 0.95),
    "accounting": (0.99, 0.97, 0.98, 0.99),
    "property": (0.96, 0.91, 0.93, 0.98),
}


@dataclass(frozen=True)
class Profile:
    """How one claimant's revenue behaves: monthly level in euros, growth a year, noise, drop and its persistence."""

    claimant: str
    sector: str
    level: float
    growth: float
    noise: float
    drop: float
    persistence: float


PROFILES = (
    Profile("demanderesse-01", "marketing", 66_000, 0.040, 0.025, 0.32, 0.72),
    Profile("demanderesse-02", "marketing", 22_500, 0.025, 0.030, 0.34, 0.66),
    Profile("demanderesse-03", "marketing", 8_900, 0.020, 0.030, 0.33, 0.68),
    Profile("demanderesse-04", "marketing", 48_000, 0.030, 0.028, 0.30, 0.65),
    Profile("demanderesse-05", "marketing", 31_000, 0.050, 0.030, 0.36, 0.70),
    Profile("demanderesse-06", "health", 1_620_000, 0.030, 0.018, 0.26, 0.72),
    Profile("demanderesse-07", "health", 132_000, 0.035, 0.022, 0.27, 0.70),
    Profile("demanderesse-08", "health", 54_000, 0.020, 0.025, 0.24, 0.70),
    Profile("demanderesse-09", "health", 39_000, 0.015, 0.025, 0.22, 0.66),
    Profile("demanderesse-10", "tourism", 1_080_000, 0.020, 0.026, 0.33, 0.70),
    Profile("demanderesse-11", "tourism", 158_000, 0.030, 0.028, 0.38, 0.72),
    Profile("demanderesse-12", "tourism", 34_000, 0.020, 0.032, 0.40, 0.70),
    Profile("demanderesse-13", "tourism", 205_000, 0.015, 0.028, 0.30, 0.68),
    Profile("demanderesse-14", "accounting", 92_000, 0.025, 0.020, 0.20, 0.66),
    Profile("demanderesse-15", "accounting", 37_500, 0.020, 0.022, 0.24, 0.64),
    Profile("demanderesse-16", "accounting", 16_800, 0.015, 0.025, 0.26, 0.62),
    Profile("demanderesse-17", "property", 84_000, 0.030, 0.028, 0.28, 0.68),
    Profile("demanderesse-18", "property", 52_000, 0.025, 0.030, 0.27, 0.64),
    Profile("demanderesse-19", "property", 44_500, 0.030, 0.030, 0.30, 0.66),
    Profile("demanderesse-20", "property", 27_500, 0.020, 0.030, 0.29, 0.66),
)


def revenue(profile: Profile) -> list[float]:
    """Return the monthly revenue of one claimant, in euros and cents, from January 2018."""
    digest = hashlib.sha256(profile.claimant.encode()).digest()
    draws = np.random.Generator(np.random.Philox(key=[SEED, int.from_bytes(digest[:8], "big")]))
    shocks = draws.standard_normal(MONTHS)
    season = np.array(SEASONS[profile.sector]) / np.mean(SEASONS[profile.sector])
    innovation = profile.noise * math.sqrt(1 - NOISE_MEMORY**2)
    noise, amounts = profile.noise * shocks[0], []
    for month in range(MONTHS):
        if month:
            noise = NOISE_MEMORY * noise + innovation * shocks[month]
        amount = profile.level * (1 + profile.growth) ** (month / 12) * season[month % 12] * math.exp(noise)
        if CLOSED <= month < CLOSED + len(CLOSURES[profile.sector]):
            amount *= CLOSURES[profile.sector][month - CLOSED]
        if month >= FIRE:
            drop = profile.drop * profile.persistence ** (month - FIRE)
            amount *= 1 - drop * (SHARE_OF_MARCH if month == FIRE else 1)
        amounts.append(round(float(amount), 2))
    return amounts


def main() -> None:
    """Write accounts/<claimant>.csv next to this script."""
    folder = Path(__file__).parent / "accounts"
    folder.mkdir(exist_ok=True)
    for profile in PROFILES:
        lines = ["month;revenue"]
        for month, amount in enumerate(revenue(profile)):
            lines.append(f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02d};{amount:.2f}")
        (folder / f"{profile.claimant}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
