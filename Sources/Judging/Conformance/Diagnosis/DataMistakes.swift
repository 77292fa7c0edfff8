// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Foundation
import MistakeCatalogue
import Oracle

/// Mistakes about operations on rows of data.
enum DataMistakes {
  static let all = neighbours + plugIn + student

  // MARK: KSG

  private static let neighbours = KSGMistake.all.map { mistake in
    WrongFormula(summary: mistake.summary, operations: [.ksg]) { _, input in
      let (variant, k) = (try input.question.integer("variant"), try input.question.integer("k"))
      guard let formula = mistake.formula(variant: variant, k: k), let value = try input.table()?(formula),
        value.isFinite
      else { return nil }
      return .number("nats", value)
    }
  }

  // MARK: Gaussian plug-in

  private static let plugIn: [WrongFormula] = [
    correction("the estimate without the digamma correction") { plain, _, _ in plain },
    correction("the estimate with the bias added in place of subtracted") { plain, bias, _ in plain + bias },
    correction("the estimate with twice the bias subtracted") { plain, bias, _ in plain - 2 * bias },
    correction("the estimate with half the bias subtracted") { plain, bias, _ in plain - bias / 2 },
    correction("the estimate with the first-order bias p1·p2/2n") { plain, _, s in
      plain - Double(s.p1 * s.p2) / (2 * Double(s.n))
    },
    correction("the estimate with ψ((n+1−i)/2), n in place of n−1 degrees of freedom") { plain, _, s in
      plain - DigammaSum.plugInBias(n: s.n + 1, p1: s.p1, p2: s.p2).asDouble
    },
    correction("the estimate cut off at 0") { plain, bias, _ in max(0, plain - bias) },
    WrongFormula(summary: "the corrected estimate where no correction is asked for", operations: [.gaussianPlugIn]) {
      _, input in
      guard try input.question.text("correction") == "none" else { return nil }
      let (plain, s) = try plainEstimate(input)
      return .number("nats", plain - DigammaSum.plugInBias(n: s.n, p1: s.p1, p2: s.p2).asDouble)
    },
    WrongFormula(summary: "the estimate from second moments, the means not subtracted", operations: [.gaussianPlugIn]) {
      _, input in
      let sample = try input.sample()
      let (x, y) = (sample.x, sample.y)
      let rows = RationalMatrix.joining(x, y)
      let moments = rows.transposed * rows
      let plain = try moments.mutualInformation(Array(0..<x.columns), Array(x.columns..<rows.columns)).asDouble
      let isPlain = try input.question.text("correction") == "none"
      return .number(
        "nats", plain - (isPlain ? 0 : DigammaSum.plugInBias(n: x.rows, p1: x.columns, p2: y.columns).asDouble))
    },
    WrongFormula(summary: "the estimate from the first column of each side alone", operations: [.gaussianPlugIn]) {
      _, input in
      let sample = try input.sample()
      let (x, y) = (sample.x, sample.y)
      guard x.columns + y.columns > 2, try input.question.text("correction") == "none" else { return nil }
      return .number("nats", try sample.scatter.mutualInformation([0], [x.columns]).asDouble)
    },
  ]

  private typealias Shape = (n: Int, p1: Int, p2: Int)

  @inline(never) private static func correction(
    _ summary: String, _ value: @escaping @Sendable (Double, Double, (n: Int, p1: Int, p2: Int)) -> Double
  ) -> WrongFormula {
    WrongFormula(summary: summary, operations: [.gaussianPlugIn]) { _, input in
      guard try input.question.text("correction") == "digamma" else { return nil }
      let (plain, s) = try plainEstimate(input)
      return .number("nats", value(plain, DigammaSum.plugInBias(n: s.n, p1: s.p1, p2: s.p2).asDouble, s))
    }
  }

  private static func plainEstimate(_ input: FormulaInput) throws -> (Double, Shape) {
    let sample = try input.sample()
    return (sample.plain ?? .nan, (sample.x.rows, sample.x.columns, sample.y.columns))
  }

  // MARK: Student

  private static let student: [WrongFormula] = [
    fit("the weights without the division by 1+λ") { y, t, l in y + l * t },
    fit("the weights divided by (1+λ)² in place of 1+λ") { y, t, l in (y + l * t) / ((1 + l) * (1 + l)) },
    fit("the weights for (1−λ)y + λt: λ used as the mixing weight") { y, t, l in (1 - l) * y + l * t },
    fit("the weights for (λy + t)/(1+λ): y and t exchanged") { y, t, l in (l * y + t) / (1 + l) },
    fit("the weights for y alone") { y, _, _ in y },
    fit("the weights for t alone") { _, t, _ in t },
    fit("the weights for (y + t)/2, λ not used") { y, t, _ in (y + t) / 2 },
    fit("the weights for (y − λt)/(1+λ), the sign") { y, t, l in (y - l * t) / (1 + l) },
    fit("the weights of a fit with an intercept (or of centred columns)", isCentred: true) { y, t, l in
      (y + l * t) / (1 + l)
    },
    fit("the weights with a ridge penalty λ‖w‖²", ridge: true) { y, t, l in (y + l * t) / (1 + l) },
    fit("the weights of ridge regression of y", ridge: true) { y, _, _ in y },
  ]

  @inline(never) private static func fit(
    _ summary: String, isCentred: Bool = false, ridge: Bool = false,
    _ target: @escaping @Sendable (Rational, Rational, Rational) -> Rational
  ) -> WrongFormula {
    WrongFormula(summary: summary, operations: [.fitStudent]) { _, input in
      var x2 = try input.question.matrix("x2", allowingColumn: true)
      let y = try input.question.matrix("y", allowingColumn: true)
      let (t, lambda) = (try input.question.matrix("t", allowingColumn: true), try input.question.lambda())
      guard y.columns == 1 else { return nil }
      let targets = RationalMatrix(rows: y.rows, columns: 1) { i, _ in target(y[i, 0], t[i, 0], lambda) }
      if isCentred {
        let mean = RationalMatrix(rows: x2.rows, columns: x2.rows) { i, j in
          (i == j ? 1 : 0) - Rational(1, x2.rows)
        }
        x2 = mean * x2
      }
      var gram = x2.transposed * x2
      if ridge { gram = gram + RationalMatrix(rows: gram.rows, columns: gram.rows) { $0 == $1 ? lambda : 0 } }
      let w = try gram.solve(x2.transposed * targets)
      return .numbers(
        Dictionary(uniqueKeysWithValues: (0..<w.rows).map { (OutputPlace("w", $0), w[$0, 0].asDouble) }))
    }
  }
}

extension DigammaSum {
  /// The sum in floating point.
  var asDouble: Double { rational.asDouble + Double(logarithmsOfTwo) * log(2) }
}
