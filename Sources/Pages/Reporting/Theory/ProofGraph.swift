// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting

/// Which theorem and definition uses which, as Coq says.
struct ProofGraph {
  /// One theorem or definition.
  struct Declaration {
    let name, file: String
    let isTheorem: Bool
    let uses: [Int]
  }

  let declarations: [Declaration]

  init(_ document: JSONReader) throws(JSONShapeError) {
    let readers = try document.elements("declarations")
    var declarations: [Declaration] = []
    for reader in readers {
      var uses: [Int] = []
      for use in try reader.elements("uses") {
        let place = try use.integer()
        guard readers.indices.contains(place) else { throw use.failure("there is no declaration \(place)") }
        uses.append(place)
      }
      declarations.append(
        Declaration(
          name: try reader.string("name"), file: try reader.string("file"),
          isTheorem: try reader.string("kind") == "theorem",
          uses: uses))
    }
    self.declarations = declarations
  }

  /// The most rows of a picture.
  private static let rowLimit = 40

  /// The picture of what a theorem rests on: its statement, and the lemmas, each below all that use it.
  ///
  /// - Returns: nil where there is no such theorem.
  func picture(of theorem: String, in file: String) -> Block? {
    guard let root = declarations.firstIndex(where: { $0.isTheorem && $0.name == theorem && $0.file == file }) else {
      return nil
    }
    let depths = depths(below: root)
    let lemmas = depths.keys.filter { $0 != root && declarations[$0].isTheorem }
    // A statement is a definition of the file of statements that the theorem names.
    let statements = declarations[root].uses.filter { !declarations[$0].isTheorem }
    let ordered = lemmas.sorted {
      (depths[$0] ?? 0, declarations[$0].name, $0) < (depths[$1] ?? 0, declarations[$1].name, $1)
    }
    let shown = Array(([root] + statements + ordered).prefix(ProofGraph.rowLimit))
    let places = Dictionary(uniqueKeysWithValues: shown.enumerated().map { ($1, $0) })
    var arcs: [(from: Int, to: Int)] = []
    for (from, node) in shown.enumerated() {
      for use in declarations[node].uses { if let to = places[use], to > from { arcs.append((from, to)) } }
    }
    func short(_ file: String) -> String { file.split(separator: "/").last.map(String.init) ?? file }
    let rows = shown.map { node in
      ArcRow(
        declarations[node].name, note: short(declarations[node].file),
        series: node == root ? 0 : declarations[node].isTheorem ? 2 : 1)
    }
    let left = lemmas.count + statements.count + 1 - shown.count
    let figure = ArcDiagram(
      title: "What \(theorem) rests on",
      summary:
        "The theorem, a circle; what its statement is made of, squares; lemmas, triangles. An arc leads down to what is used.\(left > 0 ? " \(left) lemmas further below are left out." : "")",
      rows: rows, arcs: arcs)
    let table = Table(
      caption: "What \(theorem) rests on", columns: ["", "kind", "file", "uses"],
      rows: shown.map { node in
        let own = declarations[node]
        return [
          "\(code: own.name)", own.isTheorem ? "theorem" : "definition", Rich(name: own.file),
          "\(names: own.uses.filter { places[$0] != nil }.map { declarations[$0].name })",
        ]
      })
    return .figure(figure, table)
  }

  /// All that is used below a declaration, with the length of the longest way to it; uses go in no circle.
  private func depths(below root: Int) -> [Int: Int] {
    var depths = [root: 0]
    // Places that a longer way was found to go again; a circle, which Coq would not write, ends by the limit.
    var todo = [root]
    while let node = todo.popLast() {
      let next = (depths[node] ?? 0) + 1
      guard next <= declarations.count else { continue }
      for use in declarations[node].uses where declarations[use].isTheorem && (depths[use] ?? -1) < next {
        depths[use] = next
        todo.append(use)
      }
    }
    return depths
  }
}

/// The graph of the proofs, in numbers: the pictures are on the pages of the claims.
func proofGraphSection(_ document: JSONReader) throws(JSONShapeError) -> Section {
  let declarations = try ProofGraph(document).declarations
  guard !declarations.isEmpty else {
    throw try document.required("declarations").failure("there is no declaration in the graph")
  }
  let files = Dictionary(grouping: declarations, by: \.file).sorted { $0.key < $1.key }
  return Section(
    title: "\(declarations.count) theorems and definitions that the claims rest on", anchor: "proof-graph",
    blocks: [
      .table(
        Table(
          caption: "By file", columns: ["file", .number("theorems"), .number("definitions")],
          rows: files.map { file, own in
            [Rich(name: file), "\(own.count(where: \.isTheorem))", "\(own.count { !$0.isTheorem })"]
          }))
    ])
}
