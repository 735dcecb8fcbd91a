"""The pages in a real browser that can reach nothing but the server: seen, typed into, used by keyboard, without JavaScript."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

import elshi

ROOT = Path(elshi.__file__).parent
AXE = ROOT / ".elshi/web/node_modules/axe-core/axe.min.js"
PAGES = {
    "start": "/",
    "list": "/things?class=https://schema.org/Person",
    "person": "/elshi/id/person/erlan-kasymov.html",
    "organisation": "/elshi/id/organization/ror-00cv9y106.html",
    "country": "/elshi/id/place/kz.html",
    "topic": "/elshi/id/topic/space.html",
    "release": "/elshi/id/release/d00-kk.html",
    "search": "/search?q=Гент",
    "queries": "/queries",
    "query": "/queries/meetings?run=1",
    "sparql": "/sparql",
    "asked": "/sparql?" + urlencode({"query": "SELECT ?who { ?meeting elshi:participant ?who }", "format": "html"}),
    "absent": "/elshi/id/person/nobody.html",
}


def needed(found: object, what: str) -> None:
    """Skip a test where a tool is missing; fail it where tools are installed for it."""
    if not found:
        pytest.fail(f"no {what}") if os.environ.get("CI") else pytest.skip(f"no {what}")


class Browser:
    """Chromium, and what a test wants to know of it."""

    def __init__(self, server: Any) -> None:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service

        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium") or ""
        for argument in (
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1200,900", "--lang=en", "--force-prefers-reduced-motion",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ):  # fmt: skip
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        self.url = server.url
        self.driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))

    def open(self, path: str, lang: str = "en") -> None:
        self.driver.get(f"{self.url}{path}{'&' if '?' in path else '?'}lang={lang}")

    def do(self, script: str, *given: object) -> Any:
        return self.driver.execute_script(script, *given)

    def wait(self, script: str, seconds: float = 15) -> Any:
        """Wait until a script returns something true."""
        from selenium.webdriver.support.ui import WebDriverWait

        return WebDriverWait(self.driver, seconds, poll_frequency=0.05).until(lambda driver: driver.execute_script(script), script)

    def press(self, *keys: str) -> None:
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def requests(self) -> list[str]:
        """The addresses asked for since the last time."""
        messages = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        return [message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"]

    def complaints(self) -> list[str]:
        """What the browser complained of since the last time; that a page says 404 is no complaint."""
        return [entry["message"] for entry in self.driver.get_log("browser") if "404 (Not Found)" not in entry["message"]]

    def scripting(self, *, on: bool) -> None:
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not on})

    def size(self, width: int) -> None:
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        )


@pytest.fixture(scope="module")
def chromium(server: Any) -> Iterator[Browser]:
    needed(shutil.which("chromedriver") and shutil.which("chromium"), "chromium and chromium-driver")
    browser = Browser(server)
    yield browser
    browser.driver.quit()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """The browser with a window of the usual size and empty logs; whatever the test did, nothing was asked of other hosts."""
    chromium.size(1200)
    chromium.requests(), chromium.complaints()
    yield chromium
    chromium.scripting(on=True)
    local = (chromium.url, "data:", "blob:", "about:", "chrome:")
    assert not [url for url in chromium.requests() if not url.startswith(local)]


@pytest.fixture
def bundles() -> None:
    needed((ROOT / "portal/web/vendor/yasgui.min.js").exists() and AXE.exists(), "bundles: run `python3 dev.py web`")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("bundles")
def test_a_page_bars_nobody(browser: Browser, page: str, dark: bool) -> None:
    browser.driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]}
    )
    browser.open(PAGES[page], "kk" if dark else "en")
    if page in ("sparql", "asked"):
        browser.wait("return document.querySelector('#yasgui .CodeMirror')")
    browser.do(AXE.read_text(encoding="utf-8"))
    found = browser.driver.execute_async_script(
        "const done = arguments[0]; axe.run().then(({violations}) => done(violations.map(v => [v.impact, v.id, v.nodes.map(n => n.html.slice(0, 160))])))"
    )
    assert not [each for each in found if each[0] in ("serious", "critical")]
    assert not browser.complaints()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_a_telephone(browser: Browser, page: str) -> None:
    browser.size(360)
    browser.open(PAGES[page], "ru")
    assert browser.do("return document.documentElement.scrollWidth") <= 360


def test_the_keyboard_reaches_everything_in_order(browser: Browser) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.open("/")
    browser.press(Keys.TAB)
    assert browser.do("return document.activeElement.className") == "skip", "the first stop leads past the menu"
    browser.press(Keys.ENTER)
    assert browser.wait("return document.activeElement.id === 'content'")
    reached = []
    for _ in range(400):
        browser.press(Keys.TAB)
        told = "const e = document.activeElement; return e === document.body ? null : (e.href && (e.href.baseVal || e.href)) || e.id || e.tagName"
        if (stop := browser.do(told)) is None:
            break
        reached.append(stop)
    wanted = browser.do(
        "return [...document.querySelectorAll('main a, main input, main button, main summary')].filter(e => e.checkVisibility()).length"
    )
    assert len(reached) >= wanted > 40


def test_search_offers_names_while_they_are_typed_and_finds_them(browser: Browser) -> None:
    browser.open("/", "ru")
    browser.driver.find_element("id", "seek").send_keys("Гент")
    assert browser.wait(
        "return [...document.querySelectorAll('#seek + datalist option')].map(o => o.value).includes('Гентский университет')"
    )
    browser.driver.find_element("id", "seek").submit()
    assert browser.wait("return [...document.querySelectorAll('main td a')].map(a => a.textContent).includes('Гентский университет')")


def test_a_sentence_leads_to_its_facts_and_a_fact_back_to_its_sentence(browser: Browser) -> None:
    browser.open(PAGES["release"], "kk")
    browser.driver.find_element("css selector", ".text a.note[href='#s1']").click()
    assert browser.do("return document.querySelector('.sentence:target').id") == "s1"
    browser.driver.find_element("css selector", ".sentence:target a.back").click()
    sentence = browser.do("return document.querySelector('.note:target').closest('.said').textContent")
    assert "кездесті" in sentence
    browser.driver.find_element("css selector", "#s1 .fact a.what").click()
    assert "кездесті" in browser.wait("return document.querySelector('figure blockquote')?.textContent")
    browser.driver.find_element("css selector", "figcaption a").click()
    assert browser.wait("return document.querySelector('.fact:target')"), "the quotation leads to the fact beside its text"


@pytest.mark.usefixtures("bundles")
def test_the_editor_completes_our_terms_and_its_answer_leads_to_our_pages(browser: Browser) -> None:
    from selenium.webdriver import ActionChains
    from selenium.webdriver.common.keys import Keys

    browser.open("/sparql")
    browser.wait("return !!document.querySelector('#yasgui .CodeMirror')?.CodeMirror")
    assert not browser.do("return document.querySelector('#yasgui .controlbar').checkVisibility()"), "there is one endpoint"
    browser.do(
        "document.querySelector('#yasgui .CodeMirror').CodeMirror.setValue(''); document.querySelector('#yasgui .CodeMirror').CodeMirror.focus()"
    )
    browser.press("SELECT * WHERE { ?meeting a elshi:Mee")
    hints = "const found = [...document.querySelectorAll('.CodeMirror-hint')].map(h => h.textContent); return found.length === 1 && found"
    assert browser.wait(hints) == ["elshi:Meeting"]
    browser.press(Keys.ENTER, " ; elshi:partic")
    assert browser.wait(hints) == ["elshi:participant"]
    browser.press(Keys.ENTER, " ?who }")
    text = browser.do("return document.querySelector('#yasgui .CodeMirror').CodeMirror.getValue()")
    assert text.startswith("PREFIX elshi: <https://w3id.org/elshi/ontology#>"), "what other endpoints need is declared"
    ActionChains(browser.driver).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    links = browser.wait("const found = [...document.querySelectorAll('.yasr td a.iri')].map(a => a.href); return found.length && found")
    assert f"{browser.url}/elshi/id/person/erlan-kasymov" in links
    names = "return [...document.querySelectorAll('.yasr td a.iri')].map(a => a.textContent).includes('Ерлан Қасымов')"
    assert browser.wait(names), "who has a name is called by it"
    browser.press(Keys.ESCAPE, *[Keys.TAB] * 60)
    assert not browser.do("return document.activeElement.closest('#yasgui')"), "the keyboard gets out of the editor"
    assert not browser.complaints()


@pytest.mark.usefixtures("bundles")
def test_an_example_opens_in_the_editor_as_a_query_that_runs(browser: Browser) -> None:
    browser.open("/sparql", "ru")
    browser.wait("return document.querySelector('#yasgui .CodeMirror')")
    browser.driver.find_element("css selector", ".examples a[data-query]").click()
    text = browser.do("return [...document.querySelectorAll('#yasgui .tabPanel.active .CodeMirror')].at(-1).CodeMirror.getValue()")
    assert "# title: Agreements" in text
    browser.do("document.querySelector('#yasgui .tabPanel.active .yasqe_queryButton').click()")
    assert browser.wait("return document.querySelector('.yasr td')")


@pytest.mark.usefixtures("bundles")
def test_neighbours_can_be_explored_as_a_graph(browser: Browser) -> None:
    browser.open(PAGES["person"])
    assert not [url for url in browser.requests() if "cytoscape" in url], "it is fetched when it is wanted"
    browser.do("document.querySelector('button.explore').click()")
    assert browser.wait("return document.querySelectorAll('.graph canvas').length")
    assert browser.do("return document.querySelector('.panel a').href").endswith("/person/erlan-kasymov.html?lang=en")
    graph = "document.querySelector('.graph')._cyreg.cy"
    before = browser.do(f"return {graph}.nodes().length")
    browser.do(
        f"{graph}.getElementById('https://w3id.org/elshi/id/organization/ror-00cv9y106').emit('tap'); document.querySelector('.panel button').click()"
    )
    assert browser.wait(f"return {graph}.nodes().length > {before}"), "whom a neighbour is with is added"
    assert not browser.complaints()


def test_without_javascript_everything_is_there(browser: Browser) -> None:
    browser.scripting(on=False)
    for page, drawn in {"person": "svg.wheel", "country": "svg.map image", "topic": "svg.bars", "start": "svg.map .spot"}.items():
        browser.open(PAGES[page])
        assert browser.driver.find_elements("css selector", drawn), f"{page} has its picture"
        assert not [b for b in browser.driver.find_elements("css selector", "main button:not([type=submit])") if b.is_displayed()], (
            "no idle buttons"
        )
    browser.open("/sparql")
    area = browser.driver.find_element("id", "query")
    area.clear()
    area.send_keys("SELECT ?who { ?meeting elshi:participant ?who }")
    area.submit()
    links = [link.get_attribute("href") for link in browser.driver.find_elements("css selector", "#plain-answer td a")]
    assert f"{browser.url}/elshi/id/person/erlan-kasymov.html?lang=en" in links


def test_a_table_is_sorted_by_the_head_pressed(browser: Browser) -> None:
    browser.open(PAGES["organisation"])
    names = "return [...document.querySelectorAll('#company tbody tr td:first-child')].map(td => td.textContent.trim())"
    before = browser.do(names)
    browser.driver.find_element("css selector", "#company th button").click()
    assert browser.do(names) == sorted(before) != before
    browser.driver.find_element("css selector", "#company th button").click()
    assert browser.do(names) == sorted(before, reverse=True)
