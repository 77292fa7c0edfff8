// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting
import Testing

@testable import Reporting

@Suite struct TheoryTests {
  private func documents() throws -> [Document] {
    [
      try Sample.claims.document, try Sample.verify.document, try Sample.explain.document, try Sample.proofs.document,
      try Sample.graph.document,
    ]
  }

  @Test func everyClaimOfTheListHasItsPage() throws {
    let files = try TheoryPages(try documents()).files
    #expect(files.map(\.name) == ["index.html", "claim-sharp.html", "claim-theorem1.html", "claim-fixed-lambda.html"])
    #expect(try TheoryPages(try documents()).files == files)
    for file in files {
      let page = PageReader(html: file.html)
      #expect(Set(page.targets).subtracting(page.ids).isEmpty && Set(page.ids).count == page.ids.count, "\(file.name)")
      #expect(Set(page.ways).subtracting(files.map(\.name)) == ["data:,"], "\(file.name)")
    }
    let refuted = files[3].html
    for text in ["counterexample", "where the teacher helps", "R0, without a teacher", "Claim.fixed_lambda", "margin"] {
      #expect(refuted.contains(text), "\(text)")
    }
    #expect(
      files[1].html.contains("sharp</code> in <bdi>proofs/Theorems.v") && !files[1].html.contains("The counterexample"))
  }

  @Test func counterexamplesOfClassesHaveTheirPicture() throws {
    let path = "fixtures/classes/label-smoothing-informs.json"
    let list = try Sample.claims.value.replacing("claims[2].certificate", with: .string(path))
      .replacing("claims[2].id", with: "label-smoothing-informs")
    let explanation = try Sample.classes.document
    let files = try TheoryPages([try Document(name: "claims.json", value: list), explanation]).files
    let page = try #require(files.last)
    #expect(page.name == "claim-label-smoothing-informs.html")
    for text in [
      "Its hypothesis holds, its conclusion fails", "Brier risk against", "What may happen in each cell",
      "cch check \(path)",
    ] {
      #expect(page.html.contains(text), "\(text)")
    }
  }

  /// The way of a hunt is drawn in the order of its steps, each mark at the numbers that its document has.
  @Test func theWayOfAHuntIsDrawn() throws {
    let value = try Sample.hunt.value
    guard case .figure(let drawing, let table)? = try huntPathFigure(JSONReader(value)), let figure = drawing as? Figure
    else {
      Issue.record("no figure"); return
    }
    let steps = try JSONReader(value).elements("path")
    let expected = try steps.map { try #require(Double(try $0.string("numbers"))) }
    var marks: [Mark] = []
    for case .marks(_, _, let own) in figure.layers { marks += own }
    #expect(steps.count > 20 && table.rows.count == steps.count && marks.count == steps.count)
    for mark in marks { #expect(mark.y == expected[Int(mark.x)]) }
    #expect(Set(marks.map(\.x)).count == steps.count)
    let nothing = value.replacing("path", with: .array([]))
    #expect(try huntPathFigure(JSONReader(nothing)) == nil)
  }

  /// Every arc leads down, from a declaration to one that the document says it uses, and none is missing among those shown.
  @Test func graphsShowWhatTheoremsUse() throws {
    let graph = try ProofGraph(try Sample.graph.document.reader)
    let picture = try #require(graph.picture(of: "theorem1", in: "proofs/Theorems.v"))
    guard case .figure(let drawing, _) = picture, let diagram = drawing as? ArcDiagram else {
      Issue.record("no diagram"); return
    }
    #expect(diagram.rows[0].label == "theorem1" && diagram.rows.count > 5)
    func place(_ own: ProofGraph.Declaration) -> Int? {
      let file = own.file.split(separator: "/").last.map(String.init)
      return diagram.rows.firstIndex { $0.label == own.name && $0.note == file }
    }
    var expected = Set<[Int]>()
    for own in graph.declarations {
      for use in own.uses {
        if let from = place(own), let to = place(graph.declarations[use]), to > from { expected.insert([from, to]) }
      }
    }
    #expect(Set(diagram.arcs.map { [$0.from, $0.to] }) == expected)
    #expect(graph.picture(of: "theorem1", in: "elsewhere") == nil)
    let broken = try Sample.graph.value.replacing("declarations[3].uses", with: [.number("4000")])
    #expect(throws: JSONShapeError.self) { try ProofGraph(JSONReader(broken)) }
  }

  @Test func theListAloneIsEnough() throws {
    #expect(try TheoryPages([try Sample.claims.document]).files.count == 4)
  }

  @Test func whatDoesNotBelongIsSaid() throws {
    func failure(_ documents: [Document]) -> String? {
      do throws(ReportError) { _ = try TheoryPages(documents) } catch { return error.description }
      return nil
    }
    #expect(failure([]) == "theory: there is no list of claims; cch claims --json prints it")
    let claims = try Sample.claims.document
    #expect(failure([claims, claims])?.contains("two documents cch.claims") == true)
    #expect(
      failure([claims, try Sample.hunt.document])?.hasPrefix("hunt.json: cch.hunt says nothing of the theory") == true)
    let escaping = try Sample.claims.value.replacing("claims[0].id", with: .string("../evil"))
    #expect(
      failure([try Document(name: "c.json", value: escaping)])?.contains("claims[0]: the id \"../evil\" names a page")
        == true)
  }
}
