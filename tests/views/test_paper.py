"""How the report is drawn: a page that loads nothing, a CSV that runs nothing, and messages that name nobody."""

import csv
import io
import re
import struct
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from PIL import Image

from bot.delivery.charts import Drawer
from bot.domain.disclosure import Withheld
from bot.domain.report.kinds import ONCE
from bot.domain.report.paper import ExportFacts, Group, Paper, PaperFacts
from bot.views.report import paper as view
from bot.views.report import paper_lines as lines
from bot.views.report.paper_charts import alt_text, picture
from bot.views.report.paper_csv import COLUMNS, figures_csv, harmless, separator
from bot.views.report.paper_lines import in_short
from bot.views.report.paper_page import file_name, page
from prompts import Library, Words
from storage.records.paper import PaperWhat
from storage.records.report import FigureKind
from tests.golden import same_as_golden
from tests.views.papers import BOTH, COHORT, EMPTY, EMPTY_PART, FULL, FULL_PART, SMALL, WEEKS

VOID = {"meta", "br", "link", "img", "input", "hr"}
PAPERS = {"full": FULL, "empty": EMPTY, "both": BOTH}


class Page(HTMLParser):
    """A page taken apart; refuses one whose elements do not close."""

    def __init__(self, text: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text.decode())
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def said(self) -> str:
        return re.sub(r"[ \n]+", " ", " ".join(self.words))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def drawn(library: Library) -> dict[str, bytes]:
    """The picture of a full report and of an empty one, from a drawing process of their own."""
    maker = Drawer()
    try:
        specs = {"picture": picture(library.words("en"), FULL)}
        specs |= {f"bare-{language}": picture(library.words(language), EMPTY) for language in ("en", "fr")}
        return {name: maker._draw(spec) for name, spec in specs.items()}
    finally:
        maker.close()


def test_the_page_is_one_file_that_loads_and_runs_nothing(words: Words) -> None:
    text = page(words, FULL)
    read = Page(text)
    assert not {"script", "link", "img", "iframe", "object", "image", "foreignobject"} & {tag for tag, _ in read.tags}
    for _, attributes in read.tags:
        assert not [name for name in attributes if name.startswith("on")]
        assert all((attributes.get(name) or "#").startswith("#") for name in ("href", "src", "xlink:href"))
    assert not re.search(rb"https?:|@import|url\((?!#)", text)
    assert b"ns0:" not in text and b"xmlns" not in text


def test_who_benefited_is_the_first_sheet_and_answers_what_a_sponsor_asks(words: Words) -> None:
    text = page(words, FULL).decode()
    assert text.count('<section class="page">') == 1, "one sheet, and what is behind it"
    sheet, rest = (Page(one).said for one in _parted(text))
    for wanted in (
        "Who benefited?", "not a validated scale", "Got a lot out of it (at the end) about a third (3 of 10)",
        "180 days later", "What juniors say, over time", "Release by release, 9 Feb 2026 to 9 May 2026",
        "24 promises fell due: 18", "Training Closed on 20 May 2026: Two days a year for learning, for everybody.",
        "Rotas <by hand> Not taken up yet",
    ):  # fmt: skip
        assert wanted in sheet
    assert "69 of 84 planned sessions were held." in rest and "9 Mar 2026 10 2 or fewer of 10" in rest


def _parted(text: str) -> tuple[bytes, bytes]:
    """What is printed on the first sheet, and all the rest."""
    body = text[text.index("<main>") : text.index("</main>")].removeprefix("<main>")
    header = text[text.index("<header>") : text.index("<main>")]
    first, rest = body.split('<section class="page">', 1)
    return (header + first).encode(), f"<section>{rest}".encode()


def test_the_page_can_be_read_out(words: Words) -> None:
    read = Page(page(words, FULL))
    assert read.of("html") == [{"lang": "en"}]
    assert len(read.of("h1")) == 1 and len(read.of("caption")) == len(read.of("table")) >= 4
    assert all(cell.get("scope") in ("row", "col") for cell in read.of("th"))
    drawn = [one for one in read.of("svg") if one.get("aria-hidden") != "true"]
    assert {one["role"] for one in drawn} == {"img"}, "beside all others there are words that say the same"
    assert "2 or fewer of 10 · 2 or fewer of 10 · 4 of 10 · 6 of 10" in {one["aria-label"] for one in drawn}
    assert "9 of 12 planned sessions were held." in {one["aria-label"] for one in drawn}


def test_a_bar_covers_where_the_true_share_lies(words: Words) -> None:
    read = Page(page(words, FULL))
    bars = [one for one in read.of("rect") if one["class"] == "juniors" and "y" not in one]
    assert {"x": "30.00%", "width": "1.60%", "height": "100%", "class": "juniors"} in bars, "3 of 10, exactly"
    assert {"x": "25.00%", "width": "10.00%", "height": "100%", "class": "juniors"} in bars, "between 10 and 14 of 40"
    for one in read.of("rect"):
        assert 0 <= float(str(one["x"])[:-1]) <= 100.1 - float(str(one["width"])[:-1])


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", PAPERS)
def test_every_page_says_who_benefited_and_how_it_is_protected(name: str, language: str, library: Library) -> None:
    words = library.words(language)
    read = Page(page(words, PAPERS[name]))
    assert words.say("paper.page.benefited") in read.said and words.say("paper.page.protected") in read.said


def test_french_has_a_space_before_its_colons_and_semicolons(library: Library) -> None:
    words = library.words("fr")
    found = [
        " ".join(in_short(words, FULL)),
        alt_text(words, BOTH),
        Page(page(words, replace(BOTH, span=WEEKS))).said.rpartition("}")[2],
    ]
    assert all(":" in said and not re.search(r"[^\xa0][:;](?!\d)", said) for said in found)
    assert "Appris et changé\xa0: " in found[0]


def test_a_report_about_weeks_says_in_which_month_each_counts(words: Words) -> None:
    told = words.say("paper.page.months_weeks")
    assert told in Page(page(words, replace(FULL, span=WEEKS))).said and told not in Page(page(words, FULL)).said


def test_what_both_sides_were_not_asked_yet_is_said_once(words: Words) -> None:
    once = {kind: EMPTY_PART.told[kind] for kind in FULL_PART.told if kind in ONCE}
    early = replace(FULL_PART, told={**FULL_PART.told, **once})
    sheet, _ = _parted(page(words, replace(FULL, whole=early)).decode())
    said = Page(sheet).said
    assert said.count("asked at the end of the cohort and later.") == 1
    assert "Would do it again (at the end) · A new role, a promotion or a stretch (180 days later)" in said
    assert "in contact" not in said, "of one side only"


def test_what_was_published_of_seniors_contact_stays(words: Words) -> None:
    """It is counted of juniors alone by now."""
    before = FULL_PART.told[FigureKind.LATER_90_JUNIOR]
    told = {**FULL_PART.told, FigureKind.LATER_90_SENIOR: before}
    assert Page(page(words, FULL)).said.count("Still in contact") == 1
    assert Page(page(words, replace(FULL, whole=replace(FULL_PART, told=told)))).said.count("Still in contact") == 2


def test_what_is_withheld_says_why(words: Words) -> None:
    said = Page(page(words, EMPTY)).said
    assert "too few people to report safely before the end; one figure comes then, if 5 people or more" in said
    assert "asked at the end of the cohort and later." in said
    assert "=1+1 · 1 Jun 2026 to 28 Jun 2026, 4 weeks" in said


def test_several_cohorts_stand_together_and_one_by_one(words: Words) -> None:
    said = Page(page(words, BOTH)).said
    assert "All cohorts · everything so far" in said
    assert "Cohort by cohort Spring" in said and "=1+1" in said


def test_the_picture_is_a_png_for_slides(drawn: dict[str, bytes]) -> None:
    png = drawn["picture"]
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    assert width == 880 and height > 1000


def test_the_picture_is_told_in_words(words: Words) -> None:
    said = alt_text(words, FULL)
    assert (
        "Got a lot out of it (at the end): juniors about a third (3 of 10), seniors about two thirds (6 of 10)." in said
    )
    assert "Helped me: about half (between 18 and 22 of 40)" in said and len(said) < 2000


@pytest.mark.parametrize("language", ["en", "fr"])
def test_of_a_long_picture_what_does_not_fit_is_left_out_whole(language: str, library: Library) -> None:
    words = library.words(language)
    told = {
        kind: replace(one, section=replace(one.section, withheld=Withheld.ENDED))
        for kind, one in FULL_PART.told.items()
    }
    paper = replace(FULL, whole=replace(FULL_PART, told=told))
    said = alt_text(words, paper)
    assert len(said) < len(" ".join([alt_text(words, FULL), *lines.missing(words, paper.whole)])), "not all fits"
    assert said.endswith(list(in_short(words, paper))[-1]), "how many sessions were held"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_line_of_the_picture_runs_over_its_right_edge(language: str, drawn: dict[str, bytes]) -> None:
    with Image.open(io.BytesIO(drawn[f"bare-{language}"])) as bare:
        grey = bare.convert("L")
    assert grey.crop((grey.width - 20, 0, grey.width, grey.height)).getextrema() == (255, 255)


def rows(words: Words, paper: Paper, *groups: str) -> list[list[str]]:
    text = figures_csv(words, paper, groups)
    assert text.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=separator(words)))


def test_the_csv_reads_back_with_its_columns_in_their_places(library: Library) -> None:
    english, french = rows(library.words("en"), FULL), rows(library.words("fr"), FULL)
    assert english[0][:3] == ["cohort", "group", "figure"] and french[0][:3] == ["cohorte", "groupe", "chiffre"]
    assert {len(row) for row in [*english, *french]} == {len(COLUMNS)}
    assert [row[3] for row in english][1:] == [row[3] for row in french][1:], "ids are the same in every language"
    for row in english[1:]:
        if row[8]:
            assert 0 <= int(row[9]) <= int(row[10]) <= int(row[8])


def test_the_csv_opens_in_columns_where_decimals_have_a_comma(library: Library) -> None:
    heads = {lang: figures_csv(library.words(lang), FULL).split(b"\r\n")[0] for lang in ("en", "en-US", "fr", "fr-CA")}
    assert b"cohort,group," in heads["en"] and heads["en"] == heads["en-US"]
    assert heads["fr"].startswith(b"\xef\xbb\xbfcohorte;groupe;chiffre;") and heads["fr-CA"] == heads["fr"]


@pytest.mark.parametrize(
    ("paper", "name"),
    [
        (FULL, "reverse-mentoring_spring_2026-07-06.csv"),
        (EMPTY, "reverse-mentoring_1-1_2026-06-01_2026-06-28.csv"),
        (BOTH, "reverse-mentoring_all-cohorts_2026-07-06.csv"),
        (replace(FULL, single=replace(COHORT, name="../Été: «A/B»\n")), "reverse-mentoring_été-a-b_2026-07-06.csv"),
        (replace(FULL, single=replace(COHORT, name="✨")), "reverse-mentoring_2026-07-06.csv"),
    ],
)  # fmt: skip
def test_a_file_says_in_its_name_whose_figures_and_which_weeks_it_has(words: Words, paper: Paper, name: str) -> None:
    assert file_name(words, paper, "csv") == name


def test_the_releases_of_a_figure_add_up_to_all_of_them(words: Words) -> None:
    found = [row for row in rows(words, FULL, "reciprocity") if row[3] == "reciprocity.help"]
    releases, (whole,) = [row for row in found if row[5] == "one release"], [r for r in found if r[5] != "one release"]
    for place in (8, 9, 10):
        assert sum(int(row[place]) for row in releases) == int(whole[place])
    assert (whole[6], whole[7]) == (releases[0][6], releases[-1][7])


def test_themes_have_no_numbers_and_no_dates_of_their_own(words: Words) -> None:
    found = rows(words, FULL, "themes")[1:]
    assert [row[2] for row in found] == ["theme: Training", "theme: Tools", "theme: Rotas <by hand>"]
    assert {cell for row in found for cell in row[6:11]} == {""}


def test_with_more_cohorts_than_a_menu_has_room_for_the_form_says_how_to_get_at_the_others(words: Words) -> None:
    many = tuple(replace(COHORT, id=f"c{n}", name=f"Cohort {n}") for n in range(130))
    drawn = view.export(words, ExportFacts(many, "c3", "")).payload()
    picked = drawn["blocks"][0]["element"]
    assert [one["value"] for one in picked["options"]] == [view.ALL, "c3", *(f"c{n}" for n in range(129, 31, -1))]
    assert picked["initial_option"]["value"] == "c3" and "admin export` and its name" in str(drawn["blocks"][1])
    assert "admin export` and its name" not in str(view.export(words, ExportFacts(many[:99])).payload())


def test_no_cell_runs_in_a_spreadsheet(words: Words, library: Library) -> None:
    named = replace(BOTH, parts=(replace(BOTH.parts[0], cohort=replace(COHORT, name="@SUM(1)")), *BOTH.parts[1:]))
    cells = {cell for row in rows(words, named) for cell in row}
    assert {"'=1+1", "'@SUM(1)"} <= cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
    themes = tuple(replace(line, label=f"-{n}", said="=2") for n, line in enumerate(FULL.whole.themes))
    risky = replace(BOTH.parts[0], cohort=replace(COHORT, name="\t=1"), themes=themes)
    for language in ("en", "fr"):
        found = {cell for row in rows(library.words(language), replace(BOTH, parts=(risky,))) for cell in row}
        assert not [cell for cell in found if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))]
    for text in ("=1", "+1", "-1", "@x", "\tx", "\rx", "  =1", "\xa0=1", "＝1"):
        assert str(harmless(text)).startswith("'")
    assert harmless("Spring;=1+1, @x") == "Spring;'=1+1,' @x", "a French spreadsheet ends a cell at its semicolon"
    assert harmless(-3) == -3 and harmless("a=1") == "a=1"


def test_what_the_coordinator_reads_at_once_and_below_the_files(words: Words) -> None:
    same_as_golden("paper_summary", view.summary(words, FULL).payload())
    same_as_golden("paper_summary_empty", view.summary(words, EMPTY).payload())
    same_as_golden("paper_sent", view.sent(words, PaperFacts(BOTH, PaperWhat.REPORT)).payload())
    figures = PaperFacts(FULL, PaperWhat.FIGURES, tuple(Group))
    same_as_golden("paper_sent_figures", view.sent(words, figures).payload())
    barred = PaperFacts(EMPTY, PaperWhat.REPORT, barred=True)
    same_as_golden("paper_sent_barred", view.sent(words, barred).payload())
    same_as_golden("paper_export", view.export(words, ExportFacts((COHORT, SMALL), SMALL.id, "2026-Q2")).payload())
