// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import SeededRuns

/// Samples of one kind that an estimator is asked about: of a task, or of a task after a transformation.
struct ProbeGroup: Sendable {
  /// Which samples these are.
  let id: ProbeGroupID
  /// What the samples are of, where their mutual information is known.
  let task: EstimationTask?
  /// The number of rows of a sample, or the round number that they are near.
  let rows: Int
  /// The number of rows of each sample.
  let rowCounts: [Int]
  /// The number of samples.
  let count: Int
  private let make: @Sendable (_ index: Int) throws(EstimationError) -> PairedSample

  /// Independent samples of a task of as many rows.
  init(_ id: ProbeGroupID, _ task: EstimationTask, rows: Int, count: Int, seed: UInt64) {
    self.init(id, task, rows: rows, rowCounts: Array(repeating: rows, count: count), seed: seed)
  }

  /// Independent samples of a task whose numbers of rows are near a round one.
  init(_ id: ProbeGroupID, _ task: EstimationTask, near rows: Int, count: Int, seed: UInt64) {
    let rowCounts = (0..<count).map { SampleSizes.rows(near: rows, sample: $0, seed: seed) }
    self.init(id, task, rows: rows, rowCounts: rowCounts, seed: seed)
  }

  private init(_ id: ProbeGroupID, _ task: EstimationTask, rows: Int, rowCounts: [Int], seed: UInt64) {
    (self.id, self.task, self.rows, self.rowCounts, count) = (id, task, rows, rowCounts, rowCounts.count)
    make = { (index) throws(EstimationError) in
      var random = RandomSource(seed: seed, index: UInt64(index))
      return try task.sample(rows: rowCounts[index], seed: random.next())
    }
  }

  /// One sample of a task, cut off after each of these numbers of rows.
  init(_ id: ProbeGroupID, _ task: EstimationTask, sizes: [Int], seed: UInt64) {
    let most = sizes.max() ?? 0
    (self.id, self.task, rows, rowCounts, count) = (id, nil, most, sizes, sizes.count)
    make = { (index) throws(EstimationError) in
      var random = RandomSource(seed: seed, index: 0x517e)
      return try task.sample(rows: most, seed: random.next()).selecting(rows: 0..<sizes[index])
    }
  }

  /// Samples that `make` draws.
  init(
    _ id: ProbeGroupID, _ task: EstimationTask, rows: Int, count: Int,
    make: @escaping @Sendable (_ index: Int) throws(EstimationError) -> PairedSample
  ) {
    (self.id, self.task, self.rows, self.count, self.make) = (id, task, rows, count, make)
    rowCounts = Array(repeating: rows, count: count)
  }

  /// The samples of another group, each transformed; `random` is fixed by the seed, the group's stream and the index.
  init(
    _ id: ProbeGroupID, from group: ProbeGroup, seed: UInt64,
    _ transform:
      @escaping @Sendable (PairedSample, _ random: inout RandomSource) throws(EstimationError) -> PairedSample
  ) {
    (self.id, task, rows, rowCounts, count) = (id, nil, group.rows, group.rowCounts, group.count)
    make = { (index) throws(EstimationError) in
      var random = RandomSource(seed: seed &+ UInt64(index), index: id.stream)
      return try transform(group.sample(index), &random)
    }
  }

  /// Sample number `index`.
  func sample(_ index: Int) throws(EstimationError) -> PairedSample { try make(index) }
}

/// The answers to the samples of each group, by group.
public struct Answers: Sendable {
  private let byGroup: [ProbeGroupID: [EstimatorAnswer]]

  init(_ byGroup: [ProbeGroupID: [EstimatorAnswer]]) { self.byGroup = byGroup }

  subscript(group: ProbeGroupID) -> [EstimatorAnswer] { byGroup[group] ?? [] }

  /// The estimates of a group in nats; nil unless every sample has one.
  func all(_ group: ProbeGroupID) -> [Double]? {
    let values = self[group].compactMap(\.nats)
    return values.count == self[group].count && !values.isEmpty ? values : nil
  }

  /// The first reason why a sample of the groups has no estimate: what was asked and not answered first.
  func problem(_ groups: [ProbeGroupID]) -> EstimatorAnswer? {
    let without = groups.flatMap { self[$0] }.filter { $0.problem != nil }
    return without.first(where: \.wasAsked) ?? without.first
  }

  /// How many samples were not asked about, of how many, and why; nil where all were.
  var unasked: Unasked? {
    let all = byGroup.values.joined()
    let reasons = all.compactMap { answer -> String? in
      if case .notAsked(let reason) = answer.outcome { reason } else { nil }
    }
    // The reason of most, as several threads may find several.
    let counts = Dictionary(reasons.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }.map {
      Unasked(count: reasons.count, total: all.count, reason: $0.key)
    }
  }
}

/// Samples that were not asked about, so that there is no verdict on what they are for.
public struct Unasked: Sendable, Hashable {
  /// How many, of how many.
  public let count, total: Int
  /// Why.
  public let reason: String
}
