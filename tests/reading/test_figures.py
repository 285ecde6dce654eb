"""Days, months and amounts written out inside messages; all else stays as it was read."""

import pytest

from vismajor.reading.figures import Figures


@pytest.mark.parametrize(("spec", "value", "fr", "en"), [
    ("day", "2018-09-30", "30 septembre 2018", "30 September 2018"),
    ("day", "2019-03-01", "1er mars 2019", "1 March 2019"),
    ("day", "hier", "hier", "hier"),
    ("month", "2020-01, 2020-02", "janvier 2020, février 2020", "January 2020, February 2020"),
    ("euros", "-1500.00", "-1\u202f500,00\u00a0€", "-€1,500.00"), ("euros", "x", "x", "x"),
    ("number", "913443", "913\u202f443", "913,443"), ("", "2018-09-30", "2018-09-30", "2018-09-30"),
])
def test_a_figure_is_written_as_its_language_has_it(spec, value, fr, en):
    message = "{value:" + spec + "}" if spec else "{value}"
    assert [Figures(language).format(message, value=value) for language in ("fr", "en")] == [fr, en]
