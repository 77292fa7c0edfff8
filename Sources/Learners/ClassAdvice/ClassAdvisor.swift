// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Dispatch
import SeededRuns
import Synchronization

/// Advice on data of one's own: which teacher, which λ and T, how much, or none.
///
/// Weight decay is chosen without a teacher first. Then, repetition by repetition and fold by fold, everything is fitted without
/// the fold's rows: the student alone, the teachers, and along the λ of every T each candidate's student, a few Newton steps from the one before. A candidate goes
/// no further along λ than its gain rises (``Settings/isExhaustive`` trains all). Gains
/// are in log-loss after one temperature that other folds' rows give. The setting of a candidate is chosen on the other folds of a repetition and
/// judged on the fold itself, so that choosing makes no gain.
public struct ClassAdvisor: Sendable {
  /// What is tried, and how.
  public struct Settings: Sendable {
    /// The number of folds.
    public var folds = 5
    /// How often the rows are cut anew.
    public var repeats = 2
    /// The distillation weights λ.
    public var weights = [0.1, 0.2, 0.5, 1]
    /// The temperatures T.
    public var temperatures: [Double] = [1, 2, 4]
    /// The coverage of intervals.
    public var level = 0.95
    /// The seed of all random choices.
    public var seed: UInt64 = 0
    /// The number of threads, on which no result depends.
    public var threads = 1
    /// The greatest number of principal components of a view; nil for all.
    public var mostComponents: Int?
    /// The greatest number of rows; of more a sample is taken.
    public var mostRows = 4_000
    /// Whether the students of all λ and T are trained, and to the end: for comparison.
    public var isExhaustive = false
    /// The number of hidden units of perceptron students, which are trained too; nil for none.
    public var perceptronUnits: Int?

    /// Standard settings.
    public init() {}

    /// The λ in order, each once.
    var path: [Double] { Set(weights).sorted() }

    /// λ within T, so that a student is near the one before.
    var grid: [DistillationSetting] {
      temperatures.flatMap { t in path.map { DistillationSetting(weight: $0, temperature: t) } }
    }

    fileprivate func validate() throws(ClassAdviceError) {
      func require(_ holds: Bool, _ name: String, _ value: some CustomStringConvertible, _ rule: String)
        throws(ClassAdviceError)
      {
        if !holds { throw .invalidSetting(name: name, value: value.description, rule: rule) }
      }
      try require(folds >= 3, "folds", folds, "must be at least 3: two others choose, one judges")
      try require(repeats >= 1, "repeats", repeats, "must be at least 1")
      try require(level > 0 && level < 1, "coverage", level, "must be between 0 and 1")
      try require((mostComponents ?? 1) >= 1, "principal components", mostComponents ?? 0, "must be at least 1")
      try require((perceptronUnits ?? 1) >= 1, "perceptron units", perceptronUnits ?? 0, "must be at least 1")
    }
  }

  /// The data that the advice is on, sampled where they had too many rows.
  public let data: ClassData
  /// The settings.
  public let settings: Settings
  /// The number of rows that there were.
  public let rowsBefore: Int
  /// The weight decay of the student.
  public let weightDecay: Double
  /// The student's log-loss after one temperature, and its accuracy, on held-out rows.
  public let alone: HeldOutScore
  /// Perceptron students; nil where none were asked for.
  public let perceptron: PerceptronStudents?
  /// What every candidate comes to, in the order of its gain.
  public let candidates: [ClassCandidate]

  /// The candidate that is recommended or, where none is, the one that comes nearest to it: of the best verdict the one of the greatest gain.
  ///
  /// A teacher that surely tells something of single rows comes before one that gains more and may be mere regularisation; label smoothing
  /// has no teacher, and is never it. Nil where there is no teacher.
  public var recommended: ClassCandidate? { ClassCandidate.recommended(of: candidates) }

  /// The advice.
  ///
  /// - Throws: ``ClassAdviceError``; `ClassificationError`.
  public init(_ given: ClassData, _ settings: Settings = Settings()) throws {
    try settings.validate()
    rowsBefore = given.rowCount
    let data = try given.sampled(settings.mostRows, seed: settings.seed)
    (self.data, self.settings) = (data, settings)
    let cuts = try (0..<settings.repeats).map { repetition in
      try ClassFolds(
        labels: data.student.labels, classNames: data.classNames, groups: data.groups, folds: settings.folds,
        seed: settings.seed &+ UInt64(repetition))
    }
    let joint = data.views.isEmpty ? nil : try data.jointView()
    let views = [data.student] + data.views.map(\.rows) + (joint.map { [$0] } ?? [])
    let chosen = try WeightDecayChoice.all(
      views, folds: cuts[0], mostComponents: settings.mostComponents, threads: settings.threads
    ).map(\.value)
    let decays = WeightDecays(
      student: chosen[0], views: Array(chosen.dropFirst().prefix(data.views.count)), joint: chosen[chosen.count - 1])
    weightDecay = decays.student
    let teachers = ClassTeacher.all(data)
    let otherRows = try TeachersOfOtherRows(
      zip(views, chosen).dropFirst().map { (rows: $0, weightDecay: $1) }, cuts, classNames: data.classNames,
      groups: data.groups, mostComponents: settings.mostComponents, threads: settings.threads)
    let parts = try concurrently(settings.repeats * settings.folds, threads: settings.threads) { index in
      let students = try FoldStudents(
        data, joint: joint, cuts, repetition: index / settings.folds, fold: index % settings.folds, decays, otherRows,
        candidates: teachers, mostComponents: settings.mostComponents)
      return MeasuredFold(students, teachers, settings, index: index)
    }
    let run = try settings.perceptronUnits.map {
      try PerceptronRun(
        data, parts, units: $0, perRepetition: settings.folds, threads: settings.threads, seed: settings.seed)
    }
    let table = try FoldTable(parts, teachers, settings, run)
    (alone, perceptron) = (table.alone, table.perceptrons)
    candidates = try table.candidates(data).sorted { $0.logLoss.mean > $1.logLoss.mean }
  }
}

/// `body` of 0 ..< `count`, in order, on so many threads; the first error of all.
func concurrently<Value: Sendable>(
  _ count: Int, threads: Int, _ body: @Sendable (Int) throws -> Value
) throws -> [Value] {
  let results = Mutex([Result<Value, any Error>?](repeating: nil, count: count))
  let next = Atomic<Int>(0)
  withoutActuallyEscaping(body) { body in
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let result = Result { try body(index) }
        results.withLock { $0[index] = result }
      }
    }
  }
  return try results.withLock { try $0.compactMap { try $0?.get() } }
}
