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
