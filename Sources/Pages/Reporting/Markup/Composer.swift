// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText
import Plotting

/// Turns sections into the values that templates show: draws the figures, hands out the ids, makes names printable.
struct Composer {
  var anchors = Anchors()
  /// What the document is called in errors.
  var file = ""

  typealias Node = [String: Any]

  /// - Throws: ``ReportError`` that names the figure that cannot be drawn.
  mutating func node(_ section: Section, source: Rich?) throws(ReportError) -> Node {
    let id = anchors.next(section.anchor)
    var node: Node = [
      "id": id, "title": printableText(section.title, limit: 400), "blocks": try nodes(section.blocks, under: id),
      "isAlone": false,
    ]
    if let source { node["source"] = ["runs": runs(source)] as Node }
    return node
  }

  private mutating func nodes(_ blocks: [Block], under id: String) throws(ReportError) -> [Node] {
    var (nodes, row) = ([Node](), [Node]())
    // Neighbouring figures stand beside each other where there is room.
    func flush() {
      if !row.isEmpty { nodes.append(["kind": "figures", "figures": row]) }
      row = []
    }
    for block in blocks {
      if case .figure(let drawing, let table) = block {
        row.append(try figure(drawing, table, under: id))
      } else {
        flush()
        nodes.append(try self.node(block, under: id))
      }
    }
    flush()
    return nodes
  }

  private mutating func node(_ block: Block, under id: String) throws(ReportError) -> Node {
    switch block {
    case .paragraph(let rich): ["kind": "paragraph", "runs": runs(rich)]
    case .callout(let tone, let rich):
      ["kind": "callout", "tone": tone.rawValue, "sign": tone.sign, "word": tone.word, "runs": runs(rich)]
    case .facts(let facts):
      [
        "kind": "facts",
        "facts": facts.map {
          ["term": ["runs": runs($0.term)] as Node, "what": ["runs": runs($0.what)] as Node] as Node
        },
      ]
    case .figure(let drawing, let table): try figure(drawing, table, under: id)
    case .table(let table): tableNode(table, id: anchors.next("\(id)-\(anchor(table.caption))"))
    case .list(let items): ["kind": "list", "items": items.map { ["runs": runs($0)] as Node }]
    case .code(let text): ["kind": "code", "text": printableText(text, keeping: ["\n", "\t"])]
    case .heading(let text):
      ["kind": "heading", "id": anchors.next("\(id)-\(anchor(text))"), "text": printableText(text, limit: 400)]
    case .details(let title, let blocks):
      ["kind": "details", "title": ["runs": runs(title)] as Node, "blocks": try nodes(blocks, under: id)]
    }
  }

  private mutating func figure(_ drawing: any Drawing, _ table: Table, under id: String) throws(ReportError) -> Node {
    let own = anchors.next("\(id)-\(anchor(drawing.title))")
    let drawn: Drawn
    do { drawn = try drawing.drawn(id: "\(own)-svg") } catch {
      throw ReportError(file: file, place: "figure \(quoted(error.figure)), \(error.place)", rule: error.rule)
    }
    return [
      "kind": "figure", "id": own, "title": printableText(drawing.title), "svg": drawn.svg,
      "summary": printableText(drawing.summary), "notes": drawn.notes.map { ["text": $0] as Node },
      "numbers": tableNode(table, id: "\(own)-table"),
    ]
  }

  private func tableNode(_ table: Table, id: String) -> Node {
    let rows = table.rows.prefix(Table.rowLimit)
    var node: Node = [
      "kind": "table", "id": id, "caption": printableText(table.caption),
      "columns": table.columns.map { ["title": printableText($0.title), "numeric": $0.isNumeric] as Node },
      "rows": rows.map { row in
        [
          "first": ["runs": runs(row.first ?? "")] as Node,
          "cells": zip(row, table.columns).dropFirst().map { cell, column in
            ["runs": runs(cell), "numeric": column.isNumeric] as Node
          },
        ] as Node
      }, "omitted": false,
    ]
    if rows.count < table.rows.count {
      let text = "The first \(grouped(rows.count)) of \(grouped(table.rows.count)) rows; the document has all."
      node["omitted"] = ["text": text] as Node
    }
    return node
  }

  func runs(_ rich: Rich) -> [Node] {
    rich.runs.map { run in
      switch run {
      case .text(let text): ["kind": "text", "text": printableText(text)]
      case .name(let text): ["kind": "name", "text": printableText(text, limit: 4_000)]
      case .number(let quantity, let shown):
        ["kind": "number", "text": shown, "exact": quantity.exact, "path": quantity.path]
      case .code(let text): ["kind": "codespan", "text": printableText(text)]
      case .strong(let text): ["kind": "strong", "text": printableText(text)]
      case .link(let text, let target): ["kind": "link", "text": printableText(text), "to": target]
      }
    }
  }
}
