"""A coordinator asks for the report: a summary at once, and the files in her own direct messages."""

from datetime import UTC, datetime

from tests.end_to_end.conftest import Town
from tests.end_to_end.test_report import begin
from tests.services.many import YES, everybody_answers

MONDAY = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)


async def test_the_report_comes_as_a_summary_and_as_files_to_its_coordinator_alone(town: Town) -> None:
    cohort, pairs = await begin(town, 20)
    await everybody_answers(town.house.kit, pairs, YES)
    await town.until(MONDAY)
    chi, dee = town.person("chi"), town.person("dee")
    assert (await chi.command(f"/revmentor admin report {cohort.name}", channel="C07TEAM001")).ok
    assert "Helped me: *most (8 or more of 10)*" in town.said(chi, "C07TEAM001")
    assert "Who benefited?" not in town.said(dee, "C07TEAM001")
    before = set(town.pg.workspace.files)
    await town.settle()
    files = [one for name, one in town.pg.workspace.files.items() if name not in before]
    assert [one.mimetype for one in files] == ["image/png", "text/html", "text/csv"]
    html = next(one.content for one in files if one.mimetype == "text/html").decode()
    assert "20 of 20 planned sessions were held." in html and "One release, of 9 Mar 2026" in html
    assert not [two for two in pairs if two.junior.name in html or two.junior.user_id in html]
    assert "forward the page as it is" in town.said(chi)
    assert "Here are the files of your report. Only you see them here." in town.said(chi)
    assert (await chi.command("/revmentor admin report department=Sales", channel="C07TEAM001")).ok
    assert "Figures know no filters" in town.said(chi, "C07TEAM001")


async def test_figures_are_chosen_in_a_form_that_keeps_what_was_typed(town: Town) -> None:
    await begin(town, 3)
    chi = town.person("chi")
    assert (await chi.command("/revmentor admin export")).ok
    refused = await chi.submit({"cohort": "all", "period": "2026-03-02", "groups": ["activity"]})
    assert "too short" in refused.errors["period"]
    assert (await chi.submit({"cohort": "all", "period": "2026-03", "groups": ["activity"]})).ok
    await town.settle()
    (file,) = town.pg.workspace.files.values()
    assert "Here is the CSV you asked for." in town.said(chi)
    assert file.mimetype == "text/csv" and file.content.startswith(b"\xef\xbb\xbfcohort,group,figure")
    await chi.command("/revmentor admin export 2026-13")
    assert "I don't understand that period" in str(chi.modal)
