// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON
import Oracle
import RandomInstances
import SeededRuns

/// One distillation problem that several operations are asked about.
struct VectorProblem {
  let topic: Topic
  let comment: String
  var instance: Instance
  var isExactOnly = false
  var isSafeTie = false

  /// The input of an operation.
  func input(of operation: OracleOperation, lambda: Rational? = nil) -> JSONValue {
    instance.input(of: operation, lambda: lambda, exactly: isExactOnly)
  }
}

/// Sizes of a problem.
struct Shape {
  var p1 = 1
  var p2 = 1
  var q = 1
  /// Whether v is near w*; for q = 1.
  var isAligned = false
}

/// Random problems by construction: x1 = Vᵀx2 + η and y = W*ᵀx2 + ε, all in small multiples of ½.
///
/// Σ22 and cov(η, ε) are integer products plus a positive diagonal, so Σ is positive definite and w*, v, B are known.
struct ProblemSource {
  private var random: RandomSource

  init(_ index: Int) { random = RandomSource(seed: 2510_13182, index: UInt64(index)) }

  /// A problem of this shape; `n` and λ are drawn too.
  ///
  /// Where the shape is aligned, v = w* but for ¼ in its first coordinate.
  @inline(never) mutating func instance(_ shape: Shape) throws -> Instance {
    let (p1, p2, q) = (shape.p1, shape.p2, shape.q)
    let inputs = covariance(p2)
    var views = matrix(p2, p1 + q, halves: -3...3)
    var w1 = matrix(p1, q, halves: -4...4)
    if shape.isAligned {
      (w1, views) = aligned(w1, views)
    }
    let rest = covariance(p1 + q)
    let sigma = RegressionForm(p1: p1, p2: p2, q: q, inputs: inputs, weights: views, noise: rest).sigma
    let n = p2 + 2 + random.integer(in: 1...3 * p2 + 8)
    let lambda = Rational(random.integer(in: 1...16), 8)
    return try Instance(
      sigma: sigma, p1: p1, p2: p2, q: q, w1: w1, n: n, lambda: lambda)
  }

  /// The first problem of these sizes, from `index` on, that `isWanted` and that double precision decides.
  @inline(never) static func first(
    _ index: Int, _ shape: Shape, rows: Int? = nil, where isWanted: (Risk) -> Bool = { _ in true }
  ) -> Instance {
    for attempt in 0..<2_000 {
      var source = ProblemSource(index * 2_000 + attempt)
      guard let drawn = try? source.instance(shape), let instance = try? drawn.with(n: rows ?? drawn.n),
        (try? instance.requireInformative()) != nil, instance.hasFullRank
      else { continue }
      guard let risk = try? Risk(Moments(instance), n: instance.n ?? 0, p2: instance.p2), isWanted(risk) else {
        continue
      }
      if risk.isDecidedByDoubles(instance) { return instance }
    }
    preconditionFailure("no problem of the wanted kind in 2,000")
  }

  /// w1 with a first weight of 1, and views whose first column makes Vw1 = w* + (¼, 0, …).
  private func aligned(_ w1: RationalMatrix, _ views: RationalMatrix) -> (RationalMatrix, RationalMatrix) {
    let p1 = w1.rows
    let weights = (0..<p1).map { $0 == 0 ? 1 : w1[$0, 0] }
    let changed = RationalMatrix(rows: views.rows, columns: views.columns) { i, j in
      guard j == 0 else { return views[i, j] }
      let others = (1..<max(1, p1)).reduce(Rational.zero) { $0 + weights[$1] * views[i, $1] }
      return views[i, p1] - others + (i == 0 ? Rational(1, 4) : 0)
    }
    return (RationalMatrix.column(weights), changed)
  }

  @inline(never) private mutating func matrix(_ rows: Int, _ columns: Int, halves: ClosedRange<Int>) -> RationalMatrix {
    let values = (0..<rows * columns).map { _ in Rational(random.integer(in: halves), 2) }
    return RationalMatrix(rows: rows, columns: columns) { values[$0 * columns + $1] }
  }

  @inline(never) private mutating func covariance(_ size: Int) -> RationalMatrix {
    let factor = matrix(size, size, halves: -3...3)
    let diagonal = (0..<size).map { _ in Rational(random.integer(in: 1...4), 2) }
    return factor * factor.transposed + RationalMatrix(rows: size, columns: size) { $0 == $1 ? diagonal[$0] : 0 }
  }
}

extension Instance {
  /// Whether w1 and w* have full column rank, so that informations are defined.
  @inline(never) fileprivate var hasFullRank: Bool {
    w1.hasIndependentColumns && sigma.selecting(rows: x2, columns: y).hasIndependentColumns
  }
}

extension Risk {
  /// Whether double precision decides every verdict on `instance`, whose risk this is.
  fileprivate func isDecidedByDoubles(_ instance: Instance) -> Bool {
    let errors = MomentErrors(instance)
    let bounds = RiskTolerances(risk: self, errors: errors)
    guard bounds.decidesWindow, bounds.decidesBest,
      let delta = try? moments.teacherInformation() - moments.labelInformation()
    else { return false }
    let (ts, sy) = InformationTolerances.ofProblem(instance, moments, errors)
    return ShiftedHalfLogarithm(delta).midpoint.magnitude > RiskTolerances.safety * (ts + sy)
  }
}

extension OracleOperation {
  /// The operations on Σ, w1, and n.
  static let onProblems: [OracleOperation] = [
    .cch, .distillationRisk, .baselineRisk, .riskSlope, .window, .bestLambda, .helpsForSmallLambda, .cchPredicts,
  ]

  /// Whether its problems have a number of training rows.
  var asksForRows: Bool { problemKeys?.contains("n") == true }
  /// Whether its problems have a distillation weight.
  var asksForWeight: Bool { problemKeys?.contains("lambda") == true }
  /// Whether it is about informations, so that w1 and w* must have full rank.
  var asksForInformation: Bool { [.cch, .cchPredicts, .conditionalInformation].contains(self) }
}

extension VectorProblem {
  /// A valid input for an operation, to be made invalid.
  func forInvalid(_ operation: OracleOperation) -> JSONValue {
    VersionFourDrafts.operations.contains(operation)
      ? withFurtherKeys(0).withRowsForJointTeacher.input(of: operation) : input(of: operation)
  }
}
