// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Foundation
import SeededRuns
import Statistics

/// A comparison of simulated students that shrink, have more rows, other teachers or other fits with their closed forms.
public struct BaselineStudy: Sendable {
  /// The instance, q = 1.
  public let instance: Instance
  /// The number of rows of labels.
  public let rows: Int
  /// What every replicate does.
  public let settings: BaselineSettings
  /// The weights (a of the label fit, b of the teacher fit) that are compared: as it is, the best without a teacher, the best
  /// with it, and others.
  public let weights: [(a: Rational, b: Rational)]
  /// Where the best without and with a teacher stand among them.
  public let untaught, best: Int
  /// The excess risk by the closed form at every weight.
  public let exact: [Rational]
  private let source: BaselineSource

  /// A study of `instance`, which needs n, or `rows` of a minimum-norm student, and what its kind speaks of: m, μ or N.
  ///
  /// - Throws: ``StudentError/invalidSetting(name:value:rule:)``, `StudentError.numericallySingular`.
  public init(_ instance: Instance, rows: Int? = nil, _ settings: BaselineSettings) throws {
    try self.init(instance, rows: rows, settings) { $0 }
  }

  /// The same with a closed form that `mistaken` makes of the true one: for tests that a wrong one is noticed.
  init(_ instance: Instance, rows: Int? = nil, _ settings: BaselineSettings, mistaken: (ClosedForm) -> ClosedForm)
    throws
  {
    try settings.validate()
    let n = try BaselineStudy.rows(instance, rows, settings)
    let form = mistaken(try ClosedForm(instance, rows: n, settings.kind))
    (self.instance, self.rows, self.settings) = (instance, n, settings)
    var weights: [(Rational, Rational)] = [(1, 0)]
    if !settings.kind.isMixed { weights.append((form.shrinkage, 0)) }
    (untaught, best) = (weights.count - 1, weights.count)
    weights.append(form.best)
    for other in [(Rational(1, 2), Rational(1, 2)), (Rational(3, 4), Rational(1, 4)), (0, 1)] { weights.append(other) }
    self.weights = weights.map { (a: $0.0, b: $0.1) }
    exact = weights.map { form.excess($0.0, $0.1) }
    source = try BaselineSource(
      instance, rows: n, settings, folds: FoldedChoice.sizes(rows: n, inputs: instance.p2, settings))
  }

  /// The closed form of one kind of student.
  struct ClosedForm {
    /// The excess risk at the weights a and b.
    var excess: (Rational, Rational) -> Rational
    /// The best weight without a teacher.
    var shrinkage: Rational
    /// The best weights with one.
    var best: (Rational, Rational)
  }

  private static func rows(_ instance: Instance, _ given: Int?, _ settings: BaselineSettings) throws(StudentError)
    -> Int
  {
    func require(_ holds: Bool, _ name: String, _ value: some CustomStringConvertible, _ rule: String)
      throws(StudentError)
    {
      if !holds { throw .invalidSetting(name: name, value: value.description, rule: rule) }
    }
    let (p1, p2, spare, kind) = (instance.p1, instance.p2, BaselineSettings.spareRows, settings.kind)
    let why = "so that the student's risk has moments enough for a test of its mean"
    try require(instance.q == 1, "q", instance.q, "this student is about one label, q = 1")
    guard let n = given ?? instance.n else {
      throw .invalidSetting(name: "n", value: "is not given", rule: "a student needs a number of rows")
    }
    try require(n <= 10_000_000, "n", n, "at most 10,000,000 rows are simulated")
    switch kind {
    case .minimumNorm:
      let least = 3 + spare
      try require(p2 >= least, "p2", p2, "must be at least \(least), \(why); give an instance with more student inputs")
      try require(n >= 1 && n <= p2 - 2 - spare, "n", n, "must be 1 to p2−\(2 + spare) = \(p2 - 2 - spare), \(why)")
    case .pseudoLabels:
      let least = p1 + p2 + 2 + spare
      try require(n >= least, "n", n, "must be at least p1+p2+\(2 + spare) = \(least), \(why)")
    default: try require(n >= p2 + 2 + spare, "n", n, "must be at least p2+\(2 + spare) = \(p2 + 2 + spare), \(why)")
    }
    if kind.needsUnlabelled, instance.extras.unlabelled == nil {
      throw .invalidSetting(
        name: "unlabelled", value: "is not given", rule: "this student needs a number of unlabelled rows")
    }
    if kind == .orthogonalRidge, instance.extras.ridge == nil {
      throw .invalidSetting(name: "ridge", value: "is not given", rule: "this student needs a strength of ridge")
    }
    if kind == .sampledJointTeacher {
      let least = p1 + p2 + 2 + spare
      guard let count = instance.extras.teacherRows else {
        throw .invalidSetting(
          name: "teacher_rows", value: "is not given", rule: "this student needs the number of rows of its teacher")
      }
      try require(count >= least, "teacher_rows", count, "must be at least p1+p2+\(2 + spare) = \(least), \(why)")
    }
    let largest = max(n, instance.extras.unlabelled ?? 0, instance.extras.teacherRows ?? 0)
    try require(
      settings.sampling == .wishart || largest <= 200_000_000 / (p1 + p2 + 1), "n", largest,
      "row by row at most 200,000,000 / \(p1 + p2 + 1) rows are drawn; take fewer")
    return n
  }

  /// σε² as simulated: what the excess risks are above.
  public var floor: Rational { Moments(instance).residualVariance }

  /// Runs the replicates of `run`: the same seed gives the same result for any number of threads.
  ///
  /// - Throws: ``StudentError/numericallySingular`` where a sample is.
  public func result(_ run: CaseRun, threads: Int, seed: UInt64) async throws -> BaselineResult {
    let counts: BaselineCounts = try await run.blocks(threads: threads, last: { $0.failure != nil }) { block, counts in
      count(block, seed: seed, &counts)
    }
    return try result(of: counts)
  }

  /// What these sums say.
  ///
  /// - Throws: the failure among them.
  func result(of counts: BaselineCounts) throws(StudentError) -> BaselineResult {
    if let failure = counts.failure { throw failure }
    return BaselineResult(self, counts)
  }

  func count(_ block: Range<Int>, seed: UInt64, _ counts: inout BaselineCounts) {
    counts.prepare(weights.count)
    for index in block where counts.failure == nil {
      do throws(StudentError) { count(try source.fits(seed: seed, index: index), &counts) } catch {
        counts.failure = error
      }
    }
  }

  private func count(_ fits: BaselineFits, _ counts: inout BaselineCounts) {
    let target = source.draws.regression[instance.p2...]
    let values = weights.map { fits.excess($0.a.asDouble, $0.b.asDouble, best: target) }
    for i in values.indices { counts.excess[i].add(values[i], exact: exact[i].asDouble) }
    for (i, other) in [0, untaught].enumerated() {
      counts.gains[i].add(values[other] - values[best], exact: (exact[other] - exact[best]).asDouble)
    }
    guard !fits.folds.isEmpty, let choice = FoldedChoice(fits.folds, source.draws) else { return }
    counts.chosen.add(choice) { fits.excess($0.a, $0.b, best: target) }
  }
}

extension BaselineStudy.ClosedForm {
  init(_ instance: Instance, rows n: Int, _ kind: BaselineKind) throws {
    let (moments, extras, p2) = (Moments(instance), instance.extras, instance.p2)
    let joint = JointTeacher(instance, moments)
    let plain = FitMoments<Rational>.k(rows: Rational(n), p2: p2)
    let student: LinearStudent<Rational>
    switch kind {
    case .tuned: student = LinearStudent(moments.traces, FitMoments(noise: plain))
    case .unlabelled:
      student = LinearStudent(moments.traces, .unlabelled(n: n, m: extras.unlabelled ?? 0, p2: p2))
    case .jointTeacher: student = LinearStudent(joint.moments, FitMoments(noise: plain))
    case .sampledJointTeacher:
      student = LinearStudent(joint.sampled(rows: extras.teacherRows ?? 0), FitMoments(noise: plain))
    case .orthogonalRidge: student = LinearStudent(moments.traces, .ridge(extras.ridge ?? 0, n: n, p2: p2))
    case .minimumNorm: student = LinearStudent(moments.traces, .minimumNorm(n: n, p2: p2))
    case .pseudoLabels:
      let curve = joint.pseudoLabels(n: n, m: extras.unlabelled ?? 0)
      self.init(excess: { curve($1) }, shrinkage: 1, best: (1 - curve.best, curve.best))
      return
    }
    self.init(excess: student.excess, shrinkage: student.shrinkage, best: student.bestWeights)
  }
}
