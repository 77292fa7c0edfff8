// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Students

/// The synthetic Gaussian regression of the paper (arXiv 2510.13182): many rows, many inputs, teachers of every strength.
///
/// x2 ~ N(0, 1) of p coordinates, y = s + ε with s = w*ᵀx2, w* = (1, …, 1)/√p, var s = σε² = 1. The teacher's modality is
/// x1 = γx2 + (γ/2)·w*ε + η with η of variance 1 in each of p coordinates: a noisy view of x2 that also knows something of the
/// label's noise. The teacher is least squares on unlimited data, t = w1ᵀx1.
public struct SyntheticExperiment: Sendable {
  /// What is changed from point to point.
  public enum Sweep: String, Sendable, CaseIterable {
    /// γ, from a useless teacher to a strong one.
    case strength
    /// Noise of that variance added to every coordinate of x1 of the teacher of γ = 2, whose weights stay.
    case noise
    /// A factor on the prediction of the teacher of γ = 2, which leaves every information as it is.
    case scale

    /// The values that are simulated.
    public var parameters: [Rational] {
      switch self {
      case .strength: [1, 3, 5, 7, 8, 9, 10, 12, 15, 20, 40].map { Rational($0, 10) }
      case .noise: [0, Rational(1, 2), 1, 2, 4, 8, 16]
      case .scale: [Rational(1, 2), 1, Rational(3, 2), 2, Rational(5, 2), 3, 4]
      }
    }

    /// The finer values of the exact curve.
    public var curve: [Rational] {
      switch self {
      case .strength: (1...60).map { Rational($0, 12) }
      case .noise: (0...64).map { Rational($0, 4) }
      case .scale: (1...50).map { Rational($0, 10) }
      }
    }
  }

  /// One point of a sweep, with everything exact.
  public struct Point: Sendable {
    /// What is swept.
    public let sweep: Sweep
    /// Its value.
    public let parameter: Rational
    /// var, cov of (t, y), before and after conditioning on x2.
    public let moments: Moments
    /// R(λ) for the experiment's n and p.
    public let risk: Risk
    /// I(t;s), in nats.
    public let teacherInformation: HalfLogarithm
    /// I(s;y), in nats.
    public let labelInformation: HalfLogarithm
    /// The least-squares student with any weights of label and teacher, for the experiment's n and p.
    public let student: LinearStudent<Rational>

    /// ΔI = I(t;s) − I(s;y).
    public var delta: HalfLogarithm { teacherInformation - labelInformation }
    /// Whether the CCH predicts that distillation helps: ΔI > 0.
    public var predicts: Bool { delta.argument > 1 }
    /// Whether it helps for small λ: c < σε².
    public var helps: Bool { moments.helpsForSmallLambda }
    /// corr(t, s | y): a student that may shrink gains where it is positive.
    ///
    /// Its square is 1 − e^(−2I(t;s|y)).
    public var correlationGivenLabel: Double {
      let m = moments.traces
      guard let information = m.informationGivenLabel else { return 0 }
      let size = (1 - 1 / information.asDouble).squareRoot()
      return m.alignmentGivenLabel.signum < 0 ? -size : size
    }
    /// What the best weights of label and teacher gain over the best shrunk student without a teacher; 0 where
    /// corr(t, s | y) ≤ 0.
    public var tunedGain: Rational { student.tunedGain }
    /// The risk of the best shrunk student without a teacher.
    public var untaughtRisk: Rational { moments.residualVariance + student.untaught }
    /// Whether distillation with weight λ lowers the risk, but by no more than shrinking alone can.
    public func isShrinkage(_ lambda: Rational) -> Bool { change(lambda).signum < 0 && risk(lambda) >= untaughtRisk }
    /// R(λ) − R0.
    public func change(_ lambda: Rational) -> Rational { risk(lambda) - risk.baselineRisk }
  }

  /// A point and what simulated students showed there.
  public struct Result: Sendable {
    /// The exact side.
    public let point: Point
    /// Least squares, by Wishart draws.
    public let leastSquares: StudyResult
    /// Students trained by steps, row by row.
    public let trained: StudyResult
  }

  /// The number of training rows.
  public let rows: Int
  /// The number of inputs of student and of teacher: a square, so that w* is rational.
  public let inputs: Int
  /// The distillation weights.
  public let lambdas: [Rational]
  /// How many samples least squares is fitted on.
  public let replicates: Int
  /// How many samples students are trained on by steps.
  public let trainedReplicates: Int
  /// How they are trained.
  public let training: Training
  /// The probability of calling true closed forms wrong, over the whole experiment.
  public let level: Double

  /// The paper's λ, and small ones.
  public static let standardLambdas: [Rational] = [
    Rational(1, 1000), Rational(1, 100), Rational(1, 20), Rational(1, 5), Rational(3, 10), Rational(1, 2),
    Rational(7, 10), Rational(4, 5),
  ]

  /// The experiment; by default with the paper's sizes.
  ///
  /// - Throws: `StudentError.invalidSetting`.
  public init(
    rows: Int = 10_000, inputs: Int = 100, lambdas: [Rational] = SyntheticExperiment.standardLambdas,
    replicates: Int = 2_000, trainedReplicates: Int = 3, training: Training = Training(.adam, learningRate: 0.003),
    level: Double = 1e-6
  ) throws(StudentError) {
    func require(_ holds: Bool, _ name: String, _ value: Int, _ rule: String) throws(StudentError) {
      if !holds { throw .invalidSetting(name: name, value: "\(value)", rule: rule) }
    }
    let root = Int(Double(max(0, inputs)).squareRoot().rounded())
    try require(
      inputs >= 1 && inputs <= 400 && root * root == inputs, "inputs", inputs, "must be a square from 1 to 400")
    try require(rows >= inputs + 2, "n", rows, "must be at least p2+2 = \(inputs + 2)")
    try require(replicates >= 2, "replicates", replicates, "must be at least 2")
    try require(trainedReplicates >= 2, "trained replicates", trainedReplicates, "must be at least 2")
    for lambda in lambdas where lambda.signum < 0 {
      throw .invalidSetting(name: "λ", value: lambda.description, rule: "must not be negative")
    }
    try training.validate()
    (self.rows, self.inputs, self.lambdas, self.replicates) = (rows, inputs, lambdas, replicates)
    (self.trainedReplicates, self.training, self.level) = (trainedReplicates, training, level)
  }

  /// The instance of a point, with `inputs` student and teacher inputs.
  ///
  /// The moments of t, s and y do not depend on p: for p = 1 the exact side is cheap, and k comes in besides.
  func instance(_ sweep: Sweep, _ parameter: Rational, inputs p: Int) throws -> Instance {
    let gamma = sweep == .strength ? parameter : 2
    let knowledge = gamma / 2
    let root = Int(Double(p).squareRoot().rounded())
    let weight = Rational(1, root)
    let noise = sweep == .noise ? 1 + parameter : 1
    let sigma = RationalMatrix(rows: 2 * p + 1, columns: 2 * p + 1) { i, j in
      switch (min(i, j), max(i, j)) {
      case (let i, let j) where j < p:
        (i == j ? gamma.squared + noise : 0) + knowledge.squared * weight.squared
      case (let i, let j) where i < p && j < 2 * p: i == j - p ? gamma : 0
      case (let i, let j) where j < 2 * p: i == j ? 1 : 0
      case (let i, _) where i < p: (gamma + knowledge) * weight
      case (let i, _) where i < 2 * p: weight
      default: 2
      }
    }
    // Least squares of y on x1 without added noise: along w* alone, where x1 has variance γ² + (γ/2)² + 1.
    let size = (gamma + knowledge) / (gamma.squared + knowledge.squared + 1)
    let factor = sweep == .scale ? parameter * size : size
    let w1 = RationalMatrix(rows: p, columns: 1) { _, _ in factor * weight }
    return try Instance(sigma: sigma, p1: p, p2: p, w1: w1, n: rows)
  }

  /// The exact side of a point.
  ///
  /// - Throws: `InstanceError` where n ≤ p2+1, never for valid settings.
  public func point(_ sweep: Sweep, _ parameter: Rational) throws -> Point {
    let moments = Moments(try instance(sweep, parameter, inputs: 1))
    return Point(
      sweep: sweep, parameter: parameter, moments: moments, risk: try Risk(moments, n: rows, p2: inputs),
      teacherInformation: try moments.teacherInformation(), labelInformation: try moments.labelInformation(),
      student: LinearStudent(moments.traces, .leastSquares(n: rows, p2: inputs)))
  }

  /// The number of points that are simulated.
  public static var pointCount: Int { points.count }

  /// The points that are simulated, in the order of the report.
  static var points: [(sweep: Sweep, parameter: Rational)] {
    Sweep.allCases.flatMap { sweep in sweep.parameters.map { (sweep, $0) } }
  }

  /// Simulates students at one point; nil where `isStopped` ended that.
  ///
  /// - Throws: `StudentError` where training diverges.
  public func result(_ point: Point, seed: UInt64, until isStopped: () -> Bool = { false }) throws -> Result? {
    let instance = try instance(point.sweep, point.parameter, inputs: inputs)
    let share = level / Double(2 * SyntheticExperiment.pointCount)
    let fitted = try RiskStudy(instance, StudySettings(lambdas: lambdas, level: share))
    let stepped = try RiskStudy(
      instance, StudySettings(lambdas: lambdas, student: .trained(training), level: share))
    guard let leastSquares = try fitted.result(replicates: replicates, seed: seed, until: isStopped),
      let trained = try stepped.result(
        replicates: trainedReplicates, blockSize: 1, seed: ~seed, until: isStopped)
    else { return nil }
    return Result(point: point, leastSquares: leastSquares, trained: trained)
  }
}
