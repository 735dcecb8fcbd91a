// What pages do where there is JavaScript; without it all of them still show everything.
"use strict";

(() => {
  const each = (which, act, root = document) => root.querySelectorAll(which).forEach(act);

  // Copy a permanent address.
  each("button.copy", (button) => {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
      const said = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = said; }, 1500);
    });
  });

  // Sort a table by the column whose head is pressed.
  each("table.sortable", (table) => {
    const heads = [...table.tHead.rows[0].cells];
    if (table.tBodies[0].rows.length < 2) return;
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const key = (row) => row.cells[column].textContent.trim();
        const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
        const rows = [...table.tBodies[0].rows].sort((a, b) => order.compare(key(a), key(b)));
        table.tBodies[0].append(...(up ? rows : rows.reverse()));
      });
    });
  });

  // Offer the store's own names while one is typed.
  each("input[data-suggest]", (input, place) => {
    const list = document.createElement("datalist");
    list.id = `suggest-${place}`;
    input.after(list);
    input.setAttribute("list", list.id);
    let asked = "";
    input.addEventListener("input", async () => {
      const typed = input.value.trim();
      if (typed.length < 2 || typed === asked) return;
      asked = typed;
      const reply = await fetch(`${input.dataset.suggest}?${new URLSearchParams({ prefix: typed, lang: document.documentElement.lang })}`);
      if (!reply.ok || typed !== asked) return;
      list.replaceChildren(...(await reply.json()).result.map(({ id, name }) =>
        Object.assign(document.createElement("option"), input.dataset.names ? { value: name } : { value: id.replace("/", ":"), label: name })));
    });
  });

  // A sentence and its facts light up together.
  each(".sentence", (sentence) => {
    const notes = document.querySelectorAll(`.note[href="#${sentence.id}"]`);
    const lit = (on) => [sentence, ...[...notes].map((note) => note.closest(".said"))].forEach((found) => found.classList.toggle("lit", on));
    for (const found of [sentence, ...notes]) {
      found.addEventListener("mouseenter", () => lit(true));
      found.addEventListener("mouseleave", () => lit(false));
    }
  });

  each("button.explore", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => explore(button), { once: true });
  });

  // The wheel of neighbours as a graph that can be moved about and followed further.
  async function explore(button) {
    const picture = button.closest(".picture");
    if (!window.cytoscape) await new Promise((done, fail) => {
      document.head.append(Object.assign(document.createElement("script"), { src: button.dataset.script, onload: done, onerror: fail }));
    });
    const place = Object.assign(document.createElement("div"), { className: "graph" });
    const panel = Object.assign(document.createElement("div"), { className: "panel" });
    picture.querySelector("svg").replaceWith(place, panel);
    button.remove();
    const { nodes, edges } = JSON.parse(picture.querySelector("script.network").textContent);
    const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const kinds = { person: "--person-edge", place: "--place-edge", organization: "--body-edge" };
    const graph = window.cytoscape({
      container: place,
      maxZoom: 1.5,
      elements: [...nodes.map((data) => ({ data })), ...edges.map((data) => ({ data }))],
      style: [
        { selector: "node", style: { label: "data(name)", "font-size": 11, color: colour("--ink"), "text-wrap": "ellipsis", "text-max-width": 150, width: 16, height: 16,
          "background-color": (node) => colour(kinds[node.data("kind")] || "--bar"), "text-valign": "bottom", "text-margin-y": 4 } },
        { selector: "edge", style: { width: (edge) => Math.min(1 + edge.data("weight"), 7), "line-color": colour("--bar-soft"), "curve-style": "straight", opacity: 0.7 } },
        { selector: ":selected", style: { "background-color": colour("--focus"), "line-color": colour("--focus") } },
      ],
    });
    const arrange = () => graph.layout({ name: "cose", animate: false, nodeDimensionsIncludeLabels: true, nodeRepulsion: () => 400000, idealEdgeLength: () => 130, nodeOverlap: 60, padding: 30 }).run();
    const centre = nodes[0].id;
    graph.layout({ name: "concentric", concentric: (node) => Number(node.id() === centre), levelWidth: () => 1, minNodeSpacing: 90, padding: 30 }).run();
    graph.on("tap", "node", ({ target }) => show(target));
    show(graph.getElementById(centre));

    function show(node) {
      const link = Object.assign(document.createElement("a"), { href: node.data("page"), textContent: node.data("name") });
      const more = Object.assign(document.createElement("button"), { type: "button", textContent: button.dataset.more });
      more.addEventListener("click", () => grow(node, more));
      panel.replaceChildren(link, ...(node.id() === centre || !button.dataset.endpoint ? [] : [more]));
    }

    // The same query about a neighbour gives the neighbours of that.
    async function grow(node, more) {
      more.disabled = true;
      const query = button.dataset.query.replaceAll(`<${centre}>`, `<${node.id()}>`);
      const found = await ask(query);
      const near = found.map((row) => Object.values(row)).filter(([other]) => other && other.type === "uri").slice(0, 16);
      const names = await ask(`SELECT ?thing (SAMPLE(?name) AS ?called) WHERE { VALUES ?thing { ${near.map(([other]) => `<${other.value}>`).join(" ")} } ?thing rdfs:label|skos:prefLabel ?name FILTER(LANG(?name) = "${document.documentElement.lang}") } GROUP BY ?thing`);
      const called = new Map(names.map(({ thing, called }) => [thing.value, called.value]));
      const page = node.data("page");
      for (const [other, weight] of near) {
        const kind = other.value.split("/").at(-2);
        if (graph.getElementById(other.value).empty())
          graph.add({ data: { id: other.value, kind, name: called.get(other.value) || other.value.split("/").at(-1), page: page.replace(node.id().split("/").slice(-2).join("/"), other.value.split("/").slice(-2).join("/")) }, position: { ...node.position() } });
        if (node.edgesWith(graph.getElementById(other.value)).empty())
          graph.add({ data: { source: node.id(), target: other.value, weight: Number(weight.value) } });
      }
      arrange();
    }

    async function ask(query) {
      const reply = await fetch(button.dataset.endpoint, { method: "POST", headers: { Accept: "application/sparql-results+json" }, body: new URLSearchParams({ query }) });
      return reply.ok ? (await reply.json()).results.bindings : [];
    }
  }
})();
