"""Data done again: only as much as the files that were of use."""

from __future__ import annotations

from decimal import Decimal

import pytest

from vismajor.damages.data_loss import data_loss


def test_without_useful_files_the_checking_alone_is_lost() -> None:
    assert data_loss(Decimal(900), 0, Decimal(2), Decimal(50)) == Decimal("900.00")


def test_each_file_takes_its_hours() -> None:
    assert data_loss(Decimal(900), 10, Decimal("1.5"), Decimal("33.33")) == Decimal("1399.95")


def test_negative_parts_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        data_loss(Decimal(900), -1, Decimal(2), Decimal(50))
