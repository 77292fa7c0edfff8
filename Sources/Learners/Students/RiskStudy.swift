// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import SeededRuns
import Statistics

/// A comparison of trained students with the closed forms, over many samples of one instance.
public struct RiskStudy: Sendable {
  /// The instance; its label's variance includes what a nonlinear label adds.
  public let instance: Instance
  /// The exact risk at the instance's n.
  public let risk: Risk
  /// What every replicate does.
  public let settings: StudySettings
  /// The distillation weights in ascending order, 0 first.
  public let lambdas: [Rational]
  private let source: ReplicateSource
  private let controls: Controls?
  private let exact: [Double]

  /// A study of `instance`, which needs n.
  ///
  /// - Throws: ``StudentError`` for settings out of range, and where double precision is not enough; `InstanceError` for
  ///   n ≤ p2+1.
  public init(_ instance: Instance, _ settings: StudySettings) throws {
    try settings.validate()
    guard let n = instance.n else {
      throw StudentError.invalidSetting(name: "n", value: "is not given", rule: "a student needs a number of rows")
    }
    guard n <= 10_000_000 else {
      throw StudentError.invalidSetting(name: "n", value: "\(n)", rule: "at most 10,000,000 rows are simulated")
    }
    let lambdas = Set(settings.lambdas + [0]).sorted()
    source = try ReplicateSource(instance, n: n, lambdas: lambdas, settings)
    self.instance = try RiskStudy.withLabelNoise(instance, settings.law)
    risk = try Risk(Moments(self.instance), n: n, p2: instance.p2)
    (self.settings, self.lambdas) = (settings, lambdas)
    controls = settings.isInModel ? Controls(source.population, n: n, lambdas: lambdas.map(\.asDouble)) : nil
    exact = lambdas.map { [risk] in risk($0).asDouble }
  }

  /// A nonlinear label adds strength²·σε² to the variance of every label, uncorrelated with everything else.
  private static func withLabelNoise(_ instance: Instance, _ law: SampleLaw) throws(InstanceError) -> Instance {
    guard case .nonlinearLabel(let strength) = law else { return instance }
    let moments = Moments(instance)
    let sigma = RationalMatrix(rows: instance.sigma.rows, columns: instance.sigma.rows) { i, j in
      i == j && instance.y.contains(i)
        ? instance.sigma[i, i]
          + strength.squared * moments.output(i - instance.y.lowerBound).residualVariance
        : instance.sigma[i, j]
    }
    return try Instance(
      sigma: sigma, p1: instance.p1, p2: instance.p2, q: instance.q, w1: instance.w1, n: instance.n,
      lambda: instance.lambda, comment: instance.comment)
  }

  /// Runs the replicates of `run`: the same seed gives the same result for any number of threads.
  ///
  /// - Throws: ``StudentError/diverged(step:learningRate:)`` of the first block of replicates in which training diverged,
  ///   ``StudentError/rankDeficient(rows:columns:reciprocalCondition:)``.
  public func result(_ run: CaseRun, threads: Int, seed: UInt64) async throws -> StudyResult {
    let counts: StudyCounts = try await run.blocks(threads: threads, last: { $0.failure != nil }) { block, counts in
      count(block, seed: seed, &counts)
    }
    return try result(of: counts)
  }

  /// What these sums say.
  ///
  /// - Throws: the failure among them.
  func result(of counts: StudyCounts) throws(StudentError) -> StudyResult {
    if let failure = counts.failure { throw failure }
    return StudyResult(self, counts, controls: controls)
  }

  /// The same replicates on the thread of the caller, to the last digit; nil where `isStopped`, which is asked after every
  /// block, ended them.
  ///
  /// - Parameter blockSize: how many replicates a block of the run has, ``blockSize(replicates:)`` by default; sums are made block
  ///   by block.
  /// - Throws: as ``result(_:threads:seed:)``.
  public func result(
    replicates: Int, blockSize: Int? = nil, seed: UInt64, until isStopped: () -> Bool = { false }
  ) throws(StudentError) -> StudyResult? {
    var counts = StudyCounts()
    let blockSize = blockSize ?? RiskStudy.blockSize(replicates: replicates)
    for begin in stride(from: 0, to: replicates, by: blockSize) {
      if isStopped() { return nil }
      var block = StudyCounts()
      count(begin..<min(begin + blockSize, replicates), seed: seed, &block)
      counts.merge(block)
      if let failure = counts.failure { throw failure }
    }
    return StudyResult(self, counts, controls: controls)
  }

  func count(_ block: Range<Int>, seed: UInt64, _ counts: inout StudyCounts) {
    for index in block where counts.failure == nil {
      do throws(StudentError) {
        count(try source.replicate(seed: seed, index: index), &counts)
      } catch { counts.failure = error }
    }
  }

  /// R̂(λ) of the students of one replicate, for every λ of ``lambdas``.
  ///
  /// - Throws: ``StudentError`` as ``result(_:threads:seed:)``.
  public func risks(seed: UInt64, replicate index: Int) throws(StudentError) -> [Double] {
    let students = try source.replicate(seed: seed, index: index).students
    return students.map { source.population.residualVariance + source.population.excessRisk(of: $0) }
  }

  /// A run of `replicates` replicates.
  public static func run(replicates: Int) -> CaseRun {
    CaseRun(Budget(cases: replicates), blockSize: blockSize(replicates: replicates))
  }

  /// The number of replicates whose sums are made at once: 8, and more where there would be more than 2,500 blocks, each of which is
  /// written down where machines share them.
  public static func blockSize(replicates: Int) -> Int { max(8, (replicates + 2_499) / 2_500) }

  private func count(_ replicate: Replicate, _ counts: inout StudyCounts) {
    counts.prepare(lambdas.count)
    let population = source.population
    let noise = population.residualVariance
    let values = replicate.students.map { noise + population.excessRisk(of: $0) }
    let minima = replicate.minimisers?.map { noise + population.excessRisk(of: $0) } ?? values
    let error = replicate.regression.map { population.standardizedError(of: $0) }
    for i in lambdas.indices {
      let corrections = error.flatMap { error in
        controls.map { ($0.risk[i].correction(error), $0.change[i].correction(error)) }
      }
      let (ofRisk, ofChange) = corrections ?? (0, 0)
      counts.risk[i].add(values[i] - ofRisk)
      counts.change[i].add(values[i] - values[0] - ofChange)
      counts.minimum[i].add(minima[i] - ofRisk)
      counts.minimumChange[i].add(minima[i] - minima[0] - ofChange)
      counts.uncorrected[i].add(values[i])
      counts.gap[i].add(values[i] - minima[i])
      if let test = replicate.testErrors?[i] { counts.test[i].add(test) }
    }
    guard let regression = replicate.regression, let error, let controls else { return }
    let size = population.p2 * population.q
    let (teacher, label) = (Array(regression[..<size]), Array(regression[size...]))
    counts.limit.add(noise + population.excessRisk(of: teacher) - controls.limit.correction(error))
    counts.slope.add(population.slope(label: label, teacher: teacher) - controls.slope.correction(error))
  }
}

extension Population {
  /// dR̂/dλ at 0 of the student (ŵy + λŵt)/(1+λ): 2(ŵy−w*)ᵀΣ22(ŵt−ŵy), summed over labels.
  func slope(label: [Double], teacher: [Double]) -> Double {
    var columns = zip(label, optimalStudent).map { $0 - $1 } + zip(teacher, label).map { $0 - $1 }
    multiplyTransposed(&columns)
    let size = p2 * q
    return (0..<size).reduce(0) { $0 + 2 * columns[$1] * columns[size + $1] }
  }
}

/// The control variates of every figure of a study.
struct Controls: Sendable {
  let risk, change: [TailControl]
  let limit, slope: TailControl

  init(_ population: Population, n: Int, lambdas: [Double]) {
    let norm = ErrorNorm(rows: n, inputs: population.p2)
    let excess = ExcessRiskPolynomial(population)
    let weights = lambdas.map { $0 / (1 + $0) }
    risk = weights.map { TailControl(excess.value(at: $0), norm) }
    change = weights.map { TailControl(excess.change(at: $0), norm) }
    limit = TailControl(excess.value(at: 1), norm)
    slope = TailControl(excess.slope, norm)
  }
}

/// What replicates showed, merged in their order.
struct StudyCounts: Mergeable {
  var risk, change, minimum, minimumChange, uncorrected, gap, test: [RunningMoments]
  var limit = RunningMoments()
  var slope = RunningMoments()
  var failure: StudentError?

  init() { (risk, change, minimum, minimumChange, uncorrected, gap, test) = ([], [], [], [], [], [], []) }

  /// One place for each of `count` distillation weights.
  mutating func prepare(_ count: Int) {
    guard risk.isEmpty else { return }
    let empty = [RunningMoments](repeating: RunningMoments(), count: count)
    (risk, change, minimum, minimumChange, uncorrected, gap, test) = (empty, empty, empty, empty, empty, empty, empty)
  }

  mutating func merge(_ other: StudyCounts) {
    if other.failure != nil, failure == nil { failure = other.failure }
    guard !other.risk.isEmpty else { return }
    prepare(other.risk.count)
    func add(_ a: inout [RunningMoments], _ b: [RunningMoments]) { for i in a.indices { a[i].merge(b[i]) } }
    add(&risk, other.risk)
    add(&change, other.change)
    add(&minimum, other.minimum)
    add(&minimumChange, other.minimumChange)
    add(&uncorrected, other.uncorrected)
    add(&gap, other.gap)
    add(&test, other.test)
    limit.merge(other.limit)
    slope.merge(other.slope)
  }
}
