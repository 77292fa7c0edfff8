// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import MistakeCatalogue
import Oracle
import SeededRuns
import Testing

/// The formulas against the exact oracle, which knows nothing of them.
@Suite struct KSGMistakeTests {
  /// Whole numbers with many ties, and with none.
  private static let samples: [(x: [[Int]], y: [[Int]])] = (0..<12).map { index in
    var random = RandomSource(seed: 21, index: UInt64(index))
    let (rows, range) = (8 + index, index % 2 == 0 ? 4 : 10_000)
    func columns(_ count: Int) -> [[Int]] {
      (0..<count).map { _ in (0..<rows).map { _ in random.integer(in: -range...range) } }
    }
    return (columns(1 + index % 3), columns(1 + index % 2))
  }

  private func table(_ sample: (x: [[Int]], y: [[Int]])) -> KSGTable {
    KSGTable(x: sample.x.map { $0.map(Double.init) }, y: sample.y.map { $0.map(Double.init) })
  }

  private func exact(_ sample: (x: [[Int]], y: [[Int]]), variant: Int, k: Int) throws -> Double {
    func rows(_ columns: [[Int]]) -> JSONValue {
      .array(columns[0].indices.map { row in .array(columns.map { JSONValue($0[row]) }) })
    }
    let input: JSONValue = [
      "x": rows(sample.x), "y": rows(sample.y), "k": JSONValue(k), "variant": JSONValue(variant),
    ]
    guard case .nats(let value)? = try ExactOracle.answer(.ksg, input: input)[.nats] else { return .nan }
    return value.asDouble
  }

  @Test(arguments: [1, 2], [1, 2, 5]) func textbooksAreTheOracles(variant: Int, k: Int) throws {
    for sample in Self.samples {
      let value = table(sample)(.textbook(variant: variant, k: k))
      #expect(try abs(value - exact(sample, variant: variant, k: k)) < 1e-12)
    }
  }

  /// A mistake that changes no answer is none; and what has no value is not finite.
  @Test(arguments: KSGMistake.all.indices) func everyMistakeShows(index: Int) throws {
    let mistake = KSGMistake.all[index]
    var differs = false
    for variant in [1, 2] {
      for sample in Self.samples {
        guard let formula = mistake.formula(variant: variant, k: 2) else { continue }
        let value = table(sample)(formula)
        let right = table(sample)(.textbook(variant: variant, k: 2))
        differs = differs || value.isFinite && abs(value - right) > 1e-6
      }
    }
    #expect(differs, "\(mistake.summary)")
    // k − 1 = 0 neighbours have no ψ.
    if mistake.summary.contains("k − 1"), let formula = mistake.formula(variant: 1, k: 1) {
      #expect(!table(Self.samples[0])(formula).isFinite)
    }
  }
}
