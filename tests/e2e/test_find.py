"""Exact search in real Chromium: a query is typed, counted, narrowed, read in its article and taken along."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ARTIFACTS
from tests.e2e.browser import open_tab

pytestmark = [pytest.mark.model, pytest.mark.browser]


def test_exact_search(page: Page, tmp_path: Path) -> None:
    open_tab(page, "Tìm")
    query = page.locator("#hb-find-query input, #hb-find-query textarea")
    query.fill('"dai hoi" AND (đảng')
    page.click("#hb-find-send")
    found = page.locator("#hb-found")
    expect(found).to_contain_text("Câu tìm sai ở cột 20")
    query.fill('"cau an hoa" OR "đại hội"')
    query.press("Enter")
    expect(found.locator(".hb-found-count")).to_contain_text("trong 10 bài")
    before = found.locator(".hb-found > li").count()
    page.screenshot(path=str(ARTIFACTS / "find.png"), full_page=True)
    found.locator("summary").first.click()
    found.locator("[data-narrow]").first.click()
    expect(query).to_have_value(re.compile(r'^\("cau an hoa" OR "đại hội"\) date:\d{4}-\d\d$'))
    expect(found.locator(".hb-found > li")).not_to_have_count(before)
    query.fill('"cau an hoa"')
    page.click("#hb-find-send")
    place = found.locator(".hb-kwic").first
    expect(place.locator("mark")).to_have_text("cầu An Hòa")
    place.click()
    quote = page.locator("#hb-source .hb-quote").first
    expect(quote).to_be_visible()
    assert quote.inner_text().lower() == "cầu an hòa"
    page.screenshot(path=str(ARTIFACTS / "find-read.png"), full_page=True)
    page.click("#hb-find-csv")
    link = page.locator("#hb-find-file a[download]").first
    with page.expect_download() as taken:
        link.click()
    taken.value.save_as(tmp_path / "found.csv")
    rows = list(csv.DictReader((tmp_path / "found.csv").open(encoding="utf-8-sig", newline="")))
    assert rows and all(row["quote"].lower() == "cầu an hòa" for row in rows if row["quote"])
    page.click("#hb-language")
    expect(found.locator(".hb-found-count")).to_contain_text("of 10 articles")
    expect(page.locator("#hb-find-help")).to_contain_text("How to write a query")
