// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting
import Testing

@testable import Reporting

/// The panels in the paper's layout against the documents, read here once more.
@Suite struct PaperLayoutTests {
  private func figures(_ section: Section) -> [String: Figure] {
    var figures: [String: Figure] = [:]
    for case .figure(let drawing, _) in section.blocks {
      if let figure = drawing as? Figure { figures[figure.title] = figure }
    }
    return figures
  }

  private func marks(_ figure: Figure?) -> [[Mark]] {
    (figure?.layers ?? []).compactMap { if case .marks(_, _, let marks) = $0 { marks } else { nil } }
  }

  private func number(_ value: JSONValue?) -> Double? {
    if case .number(let text)? = value { Double(text) } else { nil }
  }

  /// Gains are the students' changes with the other sign, at ΔI; with and without differ by the same.
  @Test func syntheticPanelsShowWhatStudentsShowed() throws {
    let value = try Sample.synthetic.value
    let figures = figures(try syntheticSection(Sample.synthetic.document.reader))
    let points = try #require(value["points"]?.elements)
    for sweep in Set(points.compactMap { $0["sweep"] }) {
      guard case .string(let sweep) = sweep else { continue }
      let own = points.filter { $0["sweep"] == .string(sweep) }
      let (gains, errors) = (
        marks(figures["Gain against ΔI: \(sweep)"]), marks(figures["Error with and without: \(sweep)"])
      )
      var count = 0
      // Of the two kinds of students the one that is trained by steps, which comes last.
      let changes = ["1/5", "3/10", "1/2", "7/10", "4/5"].map { lambda in
        own.compactMap { number($0["students"]?.elements.last { $0["lambda"] == .string(lambda) }?["change"]) }
      }.filter { !$0.isEmpty }
      try #require(gains.count == changes.count && errors.count == changes.count, "\(sweep)")
      for (series, changes) in changes.enumerated() {
        #expect(gains[series].map(\.y) == changes.map(-), "\(sweep)")
        #expect(gains[series].map(\.x) == own.map { number($0["delta"]) })
        for (gain, error) in zip(gains[series], errors[series]) {
          let baseline = try Sample.synthetic.document.reader.elements("points")[0].quantity("baseline_risk").value
          #expect(sweep != "strength" || abs(error.y + gain.y - baseline) < 1e-12)
        }
        count += changes.count
      }
      #expect(count > 0 && count == gains.joined().count && count == errors.joined().count, "\(sweep)")
    }
  }

  /// The accuracies are means over the runs of each condition, the gains those of the document, on axes that all settings share.
  @Test func panelsOfImagesShowMeansOverSeeds() throws {
    let value = try Sample.images.value
    let section = try experimentSection(Sample.images.document.reader)
    let figures = figures(section)
    let runs = try #require(value["runs"]?.elements)
    let conditions = try #require(value["conditions"]?.elements)
    var compared = 0
    for (title, figure) in figures where title.hasPrefix("Accuracy with and without: ") {
      let pair = marks(figure)
      #expect(pair.count == 2)
      for (without, with) in zip(pair[0], pair[1]) {
        let own = runs.filter { run in
          guard case .object(let factors)? = run["factors"] else { return false }
          return factors.allSatisfy { factor in
            guard case .string(let text) = factor.value else { return false }
            return factor.key == "blur"
              ? Double(text) == without.x
              : title.contains("\(factor.key) \(text)")
                && (title.hasSuffix(text) || title.contains("\(text) ·"))
          }
        }
        let alone = own.compactMap { number($0["outcomes"]?["student accuracy"]) }
        let taught = own.compactMap { run in
          number(run["outcomes"]?["student accuracy"]).flatMap { a in
            number(run["outcomes"]?["gain accuracy"]).map { a + $0 }
          }
        }
        #expect(alone.count == 2 && with.x == without.x)
        #expect(abs(alone.reduce(0, +) / 2 - without.y) < 1e-12 && abs(taught.reduce(0, +) / 2 - with.y) < 1e-12)
        compared += 1
      }
    }
    #expect(compared == conditions.count)
    let panels = figures.filter { $0.key.hasPrefix("Gain against ΔI: ") }.map(\.value)
    let drawn = panels.flatMap { marks($0).joined().map { [$0.x, $0.y] } }
    let expected = conditions.compactMap { condition -> [Double]? in
      guard let x = number(condition["delta"]?["mean"]), let y = number(condition["gain"]?["mean"]) else { return nil }
      return [x, y]
    }
    #expect(Set(drawn) == Set(expected) && drawn.count == expected.count)
    #expect(Set(panels.map(\.x.including)).count == 1 && Set(panels.map(\.y.including)).count == 1)
    // The paper's range stands beside ours.
    let html = try Page([try Sample.images.document]).html
    #expect(html.contains("+0.01 to +0.035") && html.contains("arXiv 2510.13182"))
  }

  /// Where the runs have no accuracies, nothing is laid out, and no other experiment has the paper's range of MNIST.
  @Test func nothingIsLaidOutWithoutAccuracies() throws {
    #expect(!(try Page([try Sample.experiment.document]).html.contains("In the paper's layout")))
    let other = try Sample.images.value.replacing("experiment", with: .string("own"))
    let html = try Page([try Document(name: "o.json", value: other)]).html
    #expect(html.contains("In the paper&#39;s layout") || html.contains("In the paper's layout"))
    #expect(!html.contains("+0.01 to +0.035"))
  }
}

extension JSONValue {
  fileprivate var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
}
