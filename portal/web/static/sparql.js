// The SPARQL page with YASGUI: its editor completes our own terms, its table links to our own pages, and nothing of it calls another host.
"use strict";

(() => {
  const place = document.getElementById("yasgui");
  if (!place || !window.Yasgui) return;
  const { Yasgui } = window;
  const { Yasqe, Yasr } = Yasgui;
  const said = place.dataset;
  const plain = document.getElementById("plain");
  const answer = document.getElementById("plain-answer");
  let known = {};

  fetch(said.terms).then((reply) => reply.json()).then(start).catch(() => start({ prefixes: {}, terms: [] }));

  function start({ prefixes, terms }) {
    known = prefixes;
    complete(prefixes, terms);
    link(said.base, said.pages);
    Yasr.defaults.prefixes = prefixes;
    Yasr.plugins.table.defaults.openIriInNewWindow = false;
    place.hidden = false;
    plain.hidden = true;
    const asked = new URLSearchParams(location.search).get("query");
    const yasgui = new Yasgui(place, {
      autofocus: false,
      autoAddOnInit: false,
      populateFromUrl: false,
      tabName: said.name,
      persistenceId: "elshi",
      requestConfig: { endpoint: new URL(said.endpoint, location).href, method: "POST" },
      yasqe: { value: declared(said.start), screenReaderLabel: said.label, createShareableLink: shared, resizeable: true },
      endpointCatalogueOptions: { getData: () => [] },
    });
    yasgui.on("query", () => {
      place.classList.add("asked");
      if (answer) answer.hidden = true;
    });
    if (asked || !Object.keys(yasgui._tabs).length) open(yasgui, asked || said.start, said.name);
    for (const example of document.querySelectorAll("a[data-query]"))
      example.addEventListener("click", (event) => {
        event.preventDefault();
        open(yasgui, example.dataset.query, example.textContent);
        place.scrollIntoView();
      });
    new MutationObserver(() => { label(place); name(place); }).observe(place, { childList: true, subtree: true, attributeFilter: ["aria-selected"] });
    label(place);
  }

  // YASGUI's own completers ask lov.linkeddata.es for every keystroke; ours know the terms of the store, and their prefixes.
  function complete(prefixes, terms) {
    const of = (kind) => terms.filter((term) => term.kind === kind).map((term) => term.iri);
    const shared = { bulk: true, autoShow: true, persistenceId: null, postprocessHints: (_, hints) => hints.sort((a, b) => a.text.localeCompare(b.text)) };
    Yasqe.forkAutocompleter("class", { ...shared, name: "elshi-class", get: () => of("class") });
    Yasqe.forkAutocompleter("property", { ...shared, name: "elshi-property", get: () => of("property") });
    const declared = Object.entries(prefixes).map(([name, iri]) => `${name}: <${iri}>`);
    Yasqe.forkAutocompleter("prefixes", { name: "elshi-prefixes", bulk: true, persistenceId: null, get: () => declared });
    Yasqe.defaults.autocompleters = ["variables", "elshi-prefixes", "elshi-class", "elshi-property"];
  }

  // An IRI of ours is shown with its page here, not with its permanent address elsewhere.
  function link(base, pages) {
    const table = Yasr.plugins.table.prototype;
    const drawn = table.getUriLinkFromBinding;
    table.getUriLinkFromBinding = function (binding, prefixes) {
      const anchor = drawn.call(this, binding, prefixes);
      return binding.value.startsWith(base) ? anchor.replace(`href="${base}`, `href="${pages}`) : anchor;
    };
  }

  // What has a name is called by it, in the language of the page where it has one in that.
  const called = new Map();
  async function name(root) {
    const fresh = [...root.querySelectorAll("a.iri")].filter((link) => link.getAttribute("href").startsWith(said.pages) && !link.title);
    fresh.forEach((link) => { link.title = link.textContent; });
    const iri = (link) => said.base + link.getAttribute("href").slice(said.pages.length);
    const asked = [...new Set(fresh.map(iri))].filter((thing) => !called.has(thing));
    asked.forEach((thing) => called.set(thing, ""));
    if (asked.length) {
      const query = `SELECT ?thing ?name WHERE { VALUES ?thing { ${asked.map((thing) => `<${thing}>`).join(" ")} } ?thing rdfs:label|skos:prefLabel|dcterms:title ?name }`;
      const reply = await fetch(said.endpoint, { method: "POST", headers: { Accept: "application/sparql-results+json" }, body: new URLSearchParams({ query }) });
      const order = [document.documentElement.lang, "kk", "ru", "en"].reverse();
      const rank = (row) => order.indexOf(row.name["xml:lang"]);
      const rows = reply.ok ? (await reply.json()).results.bindings.sort((one, other) => rank(one) - rank(other)) : [];
      rows.forEach((row) => called.set(row.thing.value, row.name.value));
    }
    fresh.forEach((link) => { link.textContent = called.get(iri(link)) || link.textContent; });
  }

  function open(yasgui, query, name) {
    const simple = { settings: { pluginsConfig: { table: { compact: true } } }, response: undefined };
    yasgui.addTab(true, { name, yasqe: { value: declared(query) }, yasr: simple }, { avoidDuplicateTabs: true });
  }

  // The endpoint knows our prefixes, the editor and other endpoints want them declared.
  function declared(query) {
    const bare = query.replace(/<[^>\s]*>|"[^"]*"|#.*/g, " ");
    const used = Object.keys(known).filter((name) => new RegExp(`(^|[^\\w:])${name}:`).test(bare) && !new RegExp(`PREFIX\\s+${name}:`, "i").test(bare));
    return used.map((name) => `PREFIX ${name}: <${known[name]}>\n`).join("") + query;
  }

  function shared(yasqe) {
    const address = new URL(location.href);
    address.hash = "";
    address.searchParams.set("query", yasqe.getValue());
    return address.href;
  }

  // What YASGUI leaves unnamed, screen readers get a name for. Its list of tabs has a button among the tabs, which a tablist may not: a group may.
  function label(root) {
    for (const list of root.querySelectorAll("[role=tablist]")) list.setAttribute("role", "group");
    for (const tab of root.querySelectorAll(".tabsList [aria-selected]")) {
      tab.setAttribute("role", "button");
      tab.setAttribute("aria-current", tab.getAttribute("aria-selected"));
      tab.setAttribute("tabindex", "0");
      tab.removeAttribute("aria-selected");
      tab.removeAttribute("aria-controls"); // a panel that is drawn only once it is shown
    }
    for (const [which, name] of Object.entries(JSON.parse(said.labels)))
      for (const found of root.querySelectorAll(which)) if (!found.hasAttribute("aria-label")) found.setAttribute("aria-label", name);
  }
})();
