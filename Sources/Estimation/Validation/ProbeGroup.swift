import ExactAlgebra
import PropertyTesting

/// Samples of one kind that an estimator is asked about: of a task, or of a task after a transformation.
struct ProbeGroup: Sendable {
  /// What it is called in the plan, such as "base, translated".
  let name: String
  /// What the samples are of, where their mutual information is known.
  let task: EstimationTask?
  /// The number of rows of a sample.
  let rows: Int
  /// The number of samples.
  let count: Int
  private let make: @Sendable (_ index: Int) throws(EstimationError) -> PairedSample

  /// Independent samples of a task.
  init(_ name: String, _ task: EstimationTask, rows: Int, count: Int, seed: UInt64) {
    (self.name, self.task, self.rows, self.count) = (name, task, rows, count)
    make = { (index) throws(EstimationError) in
      var random = RandomSource(seed: seed, index: UInt64(index))
      return try task.sample(rows: rows, seed: random.next())
    }
  }

  /// Samples that `make` draws.
  init(
    _ name: String, _ task: EstimationTask, rows: Int, count: Int,
    make: @escaping @Sendable (_ index: Int) throws(EstimationError) -> PairedSample
  ) {
    (self.name, self.task, self.rows, self.count, self.make) = (name, task, rows, count, make)
  }

  /// The samples of another group, each transformed; `random` is fixed by the seed, the name and the index.
  init(
    _ name: String, from group: ProbeGroup, seed: UInt64,
    _ transform:
      @escaping @Sendable (PairedSample, _ random: inout RandomSource) throws(EstimationError) -> PairedSample
  ) {
    (self.name, task, rows, count) = (name, nil, group.rows, group.count)
    let stream = name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }
    make = { (index) throws(EstimationError) in
      var random = RandomSource(seed: seed &+ UInt64(index), index: stream)
      return try transform(group.sample(index), &random)
    }
  }

  /// Sample number `index`.
  func sample(_ index: Int) throws(EstimationError) -> PairedSample { try make(index) }
}

/// The answers to the samples of each group, by the group's name.
public struct Answers: Sendable {
  private let byGroup: [String: [Answer]]

  init(_ byGroup: [String: [Answer]]) { self.byGroup = byGroup }

  subscript(group: String) -> [Answer] { byGroup[group] ?? [] }

  /// The estimates of a group in nats; nil unless every sample has one.
  func all(_ group: String) -> [Double]? {
    let values = self[group].compactMap(\.nats)
    return values.count == self[group].count && !values.isEmpty ? values : nil
  }

  /// The first reason why a sample of the groups has no estimate.
  func problem(_ groups: [String]) -> Answer? {
    groups.lazy.flatMap { self[$0] }.first { $0.problem != nil }
  }
}
