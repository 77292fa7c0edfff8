// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import PropertyTesting

extension Hunt {
  /// Whether all instances of p1 = p2 = q = 1 can be searched for this claim: it is not about several labels, modalities,
  /// teachers or inputs of the student, nor about rows that would have to be chosen too.
  public var canBeExhaustive: Bool {
    Set(claim.assumptions).isDisjoint(with: [
      .severalLabels, .candidates, .equalCandidates, .secondTeacher, .severalInputs, .unlabelledRows, .teacherRows,
      .rowsForBoth, .design, .rowMoments, .otherInstance,
    ])
  }

  /// Searches every integer Σ with p1 = p2 = q = 1 and w1 = 1, by the largest |entry| up to `height`.
  ///
  /// Of those with the same largest |entry|, the counterexample of the smallest sum of |entries| of the upper triangle
  /// is chosen. Where n matters and is not given, it is the smallest up to 1,000 that works; λ is 1/2 if not given, and a
  /// ridge is 1.
  public func smallestCounterexample(height: Int, cases: Int = 10_000_000) -> ExhaustiveResult<Instance> {
    let property = Hunt(claim).property(smallInstances(height), violatedWhere: RefutationTest(claim).counts)
    return property.checkExhaustively(height: height, cases: cases) { $0.sizeOfSigma < $1.sizeOfSigma }
  }

  /// The largest height whose exhaustive search takes about as long as `duration`, and how long; measured on a few
  /// candidates.
  ///
  /// There are h³(2h+1)³ candidates with |entries| ≤ h.
  public func exhaustiveHeight(within duration: Duration) -> (height: Int, seconds: Double)? {
    guard canBeExhaustive else { return nil }
    func candidates(_ h: Int) -> Double { Double(h * h * h * (2 * h + 1) * (2 * h + 1) * (2 * h + 1)) }
    let (start, tried) = (ContinuousClock.now, 300)
    _ = smallestCounterexample(height: 2, cases: tried)
    let each = (ContinuousClock.now - start) / .seconds(1) / Double(tried)
    let limit = duration / .seconds(1)
    return (3...40).last { candidates($0) * each <= limit }.map { ($0, candidates($0) * each) }
  }

  private func smallInstances(_ height: Int) -> Generator<Instance> {
    let usesRows = !Set(claim.assumptions).isDisjoint(with: [.trainingRows, .positiveLambda, .evenDegrees])
    let isLeastSquares = !Set(claim.assumptions).isDisjoint(with: [.leastSquaresTeacher, .calibratedTeacher])
    let extras = InstanceExtras(ridge: claim.assumptions.contains(.ridge) ? 1 : nil)
    return Generator { tape in
      let (a, b, c) = (tape.integer(in: 0...height), tape.integer(in: 0...height), tape.integer(in: 0...height))
      let (d, e, f) = (
        tape.integer(in: -height...height), tape.integer(in: -height...height), tape.integer(in: -height...height)
      )
      // w1 = 1 is the least-squares teacher only where cov(x1, y) = var(x1).
      if isLeastSquares, e != a { throw Rejection("not the least-squares teacher") }
      // The minors turn most matrices away before anything is made.
      guard a > 0, b > 0, c > 0, d * d < a * b, e * e < a * c, f * f < b * c,
        a * b * c + 2 * d * e * f > a * f * f + b * e * e + c * d * d
      else { throw Rejection("not definite") }
      let entries = [[a, d, e], [d, b, f], [e, f, c]]
      let sigma = RationalMatrix(rows: 3, columns: 3) { Rational(entries[$0][$1]) }
      do {
        let instance = try Instance(
          sigma: sigma, p1: 1, p2: 1, w1: .identity(1), n: usesRows ? n ?? 3 : nil,
          lambda: usesRows ? lambda ?? Rational(1, 2) : nil, extras: extras)
        return try usesRows && n == nil ? withSmallestRows(instance) : instance
      } catch { throw Rejection(error) }
    }
  }

  /// The instance with the least n that violates the claim, or as it is.
  private func withSmallestRows(_ instance: Instance) throws -> Instance {
    guard claim.hypothesis(Facts(instance)) else { return instance }
    for n in 3...1_000 {
      let candidate = try instance.with(n: n)
      if claim.evaluate(Facts(candidate)).isViolation { return candidate }
    }
    return instance
  }
}

extension Instance {
  /// The sum of |entries| of the upper triangle of Σ.
  fileprivate var sizeOfSigma: Rational {
    (0..<sigma.rows).reduce(0) { sum, i in (i..<sigma.rows).reduce(sum) { $0 + sigma[i, $1].magnitude } }
  }
}
