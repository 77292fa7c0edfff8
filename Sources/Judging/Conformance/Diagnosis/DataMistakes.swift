import ExactAlgebra
import Foundation
import Oracle

/// Mistakes about operations on rows of data.
enum DataMistakes {
  static let all = neighbours + plugIn + student

  // MARK: KSG

  private static let neighbours: [WrongFormula] = [
    ksg("the estimate with k − 1 in place of k") { $0.k -= 1 },
    ksg("the estimate with k + 1 in place of k") { $0.k += 1 },
    ksg("the estimate with ψ(k) and the distance of the neighbour before the k-th") { $0.neighbourShift = -1 },
    ksg("the estimate with ψ(k) and the distance of the neighbour after the k-th, as if a row were its own first") {
      $0.neighbourShift = 1
    },
    ksg("the estimate with ln n in place of ψ(n)") { $0.hasLogarithm = true },
    ksg("the estimate that counts a row among its own neighbours") { $0.selfCount = 1 },
    ksg("the estimate with ψ(n_x) in place of ψ(n_x + 1)", variant: 1) { $0.psiShift = 0 },
    ksg("the estimate with ψ(n_x + 1) in place of ψ(n_x)", variant: 2) { $0.psiShift = 1 },
    ksg("the estimate with neighbours up to the distance (≤) in place of inside it (<)", variant: 1) {
      $0.isInclusive = true
    },
    ksg("the estimate with neighbours inside the distance (<) in place of up to it (≤)", variant: 2) {
      $0.isInclusive = false
    },
    ksg("the estimate without −1/k", variant: 2) { $0.hasInverseK = false },
    ksg("the estimate with −1/k, which only the second variant has", variant: 1) { $0.hasInverseK = true },
    ksg("the estimate with one distance for both sides, the first variant's", variant: 2) { $0.isSquare = true },
    ksg("the other variant's estimate") { estimate in
      let right = KSGVariation(variant: 3 - estimate.variant, k: estimate.k)
      estimate = right
    },
    ksg("the estimate with Euclidean in place of maximum distances") { $0.metric = .euclidean },
    ksg("the estimate with Euclidean distances in each side and their maximum") { $0.metric = .euclideanSides },
    ksg("the estimate with sums of distances in place of maxima") { $0.metric = .sum },
    ksg("the estimate with sums of distances in each side and their maximum") { $0.metric = .sumSides },
    ksg("the estimate after each column was standardised") { $0.isStandardised = true },
    ksg("the estimate cut off at 0") { $0.isClipped = true },
  ]

  private static func ksg(
    _ says: String, variant: Int? = nil, _ change: @escaping @Sendable (inout KSGVariation) -> Void
  )
    -> WrongFormula
  {
    WrongFormula(says: says, operations: [.ksg]) { _, input in
      let sample = try input.sample()
      var variation = KSGVariation(
        variant: try input.question.integer("variant"), k: try input.question.integer("k"))
      if let variant, variation.variant != variant { return nil }
      change(&variation)
      return variation.estimate(sample.xRows, sample.yRows).map { .number("nats", $0) }
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
    WrongFormula(says: "the corrected estimate where no correction is asked for", operations: [.gaussianPlugIn]) {
      _, input in
      guard try input.question.text("correction") == "none" else { return nil }
      let (plain, s) = try plainEstimate(input)
      return .number("nats", plain - DigammaSum.plugInBias(n: s.n, p1: s.p1, p2: s.p2).asDouble)
    },
    WrongFormula(says: "the estimate from second moments, the means not subtracted", operations: [.gaussianPlugIn]) {
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
    WrongFormula(says: "the estimate from the first column of each side alone", operations: [.gaussianPlugIn]) {
      _, input in
      let sample = try input.sample()
      let (x, y) = (sample.x, sample.y)
      guard x.columns + y.columns > 2, try input.question.text("correction") == "none" else { return nil }
      return .number("nats", try sample.scatter.mutualInformation([0], [x.columns]).asDouble)
    },
  ]

  private typealias Shape = (n: Int, p1: Int, p2: Int)

  private static func correction(
    _ says: String, _ value: @escaping @Sendable (Double, Double, (n: Int, p1: Int, p2: Int)) -> Double
  ) -> WrongFormula {
    WrongFormula(says: says, operations: [.gaussianPlugIn]) { _, input in
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

  private static func fit(
    _ says: String, isCentred: Bool = false, ridge: Bool = false,
    _ target: @escaping @Sendable (Rational, Rational, Rational) -> Rational
  ) -> WrongFormula {
    WrongFormula(says: says, operations: [.fitStudent]) { _, input in
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
        Dictionary(uniqueKeysWithValues: (0..<w.rows).map { ("w[\($0)]", w[$0, 0].asDouble) }))
    }
  }
}

extension DigammaSum {
  /// The sum in floating point.
  var asDouble: Double { rational.asDouble + Double(logarithmsOfTwo) * log(2) }
}
