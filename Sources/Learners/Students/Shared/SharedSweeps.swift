// SPDX-License-Identifier: GPL-3.0-or-later
import SeededRuns

/// A ``RiskSweep`` whose samples machines can share.
public struct SharedRiskSweep: SharedStudy {
  /// The studies.
  public let sweep: RiskSweep
  /// The number of samples of each instance.
  public let samples: Int
  private let seed: UInt64

  /// A sweep of so many samples, by default ``StudySettings/standardReplicates``.
  public init(_ sweep: RiskSweep, replicates: Int? = nil, seed: UInt64) {
    (self.sweep, self.seed) = (sweep, seed)
    samples = replicates ?? sweep.studies.first?.study.settings.standardReplicates ?? 0
  }

  /// The number of instances.
  public var cells: Int { sweep.studies.count }
  /// As ``RiskStudy/blockSize(replicates:)`` says.
  public var blockSize: Int { RiskStudy.blockSize(replicates: samples) }

  /// Trains on the samples of `run`.
  public func blocks(of cell: Int, _ run: CaseRun, threads: Int) async throws(StudyProblemError) -> [BlockNumbers] {
    let ((source, study), stream) = (sweep.studies[cell], RiskSweep.stream(cell, seed: seed))
    do {
      return try await StudyCounts.blocks(run, threads: threads) { study.count($0, seed: stream, &$1) }
    } catch { throw StudyProblemError(source: source, reason: error) }
  }

  /// The report of ``RiskSweep/report(replicates:seed:threads:willRun:)``.
  public func report(of blocks: [[BlockNumbers]], isComplete: Bool) throws -> RiskSweep.Report {
    var entries: [RiskSweep.Entry] = []
    for ((source, study), blocks) in zip(sweep.studies, blocks) where !blocks.isEmpty {
      var empty = StudyCounts()
      empty.prepare(study.lambdas.count)
      let counts = try StudyCounts(of: blocks, like: empty)
      let result = counts.failure == nil ? try study.result(of: counts) : nil
      entries.append(.init(source: source, study: study, result: result, divergence: counts.failure))
    }
    return RiskSweep.Report(entries: entries, wasStopped: !isComplete)
  }
}

/// A ``BaselineSweep`` whose samples machines can share.
public struct SharedBaselineSweep: SharedStudy {
  /// The studies.
  public let sweep: BaselineSweep
  /// The number of samples of each instance.
  public let samples: Int
  private let seed: UInt64

  /// A sweep of so many samples.
  public init(_ sweep: BaselineSweep, replicates: Int, seed: UInt64) {
    (self.sweep, samples, self.seed) = (sweep, replicates, seed)
  }

  /// The number of instances.
  public var cells: Int { sweep.studies.count }
  /// As ``RiskStudy/blockSize(replicates:)`` says.
  public var blockSize: Int { RiskStudy.blockSize(replicates: samples) }

  /// Fits on the samples of `run`.
  public func blocks(of cell: Int, _ run: CaseRun, threads: Int) async throws(StudyProblemError) -> [BlockNumbers] {
    let ((source, study), stream) = (sweep.studies[cell], BaselineSweep.stream(cell, seed: seed))
    do {
      return try await BaselineCounts.blocks(run, threads: threads) { study.count($0, seed: stream, &$1) }
    } catch { throw StudyProblemError(source: source, reason: error) }
  }

  /// The report of ``BaselineSweep/report(replicates:seed:threads:willRun:)``.
  public func report(of blocks: [[BlockNumbers]], isComplete: Bool) throws -> BaselineSweep.Report {
    var entries: [BaselineSweep.Entry] = []
    for ((source, study), blocks) in zip(sweep.studies, blocks) where !blocks.isEmpty {
      var empty = BaselineCounts()
      empty.prepare(study.weights.count)
      let result = try study.result(of: BaselineCounts(of: blocks, like: empty))
      entries.append(.init(source: source, study: study, result: result))
    }
    return BaselineSweep.Report(entries: entries, wasStopped: !isComplete)
  }
}

/// A ``DecisionSweep`` whose samples machines can share; a cell is a number of rows of one instance at one distance.
public struct SharedDecisionSweep: SharedStudy {
  /// The studies.
  public let sweep: DecisionSweep
  /// The number of samples of each number of rows.
  public let samples: Int
  private let level: Double
  private let seed: UInt64
  private let places: [(cell: Int, position: Int, rows: Int)]

  /// A sweep; parameters as those of ``DecisionSweep/report(rows:samples:level:seed:threads:willRun:)``.
  public init(_ sweep: DecisionSweep, rows: [Int]? = nil, samples: Int, level: Double = 1e-6, seed: UInt64) {
    (self.sweep, self.samples, self.level, self.seed) = (sweep, samples, level, seed)
    places = sweep.cells.enumerated().flatMap { cell, content in
      (rows ?? content.study.standardRows).enumerated().map { (cell, $0, $1) }
    }
  }

  /// Numbers of rows of all instances at all distances.
  public var cells: Int { places.count }
  /// As a decision study draws them.
  public var blockSize: Int { DecisionSweep.blockSize }

  /// Decides on the samples of `run`; the counts are whole numbers, of which all blocks have one sum.
  public func blocks(of cell: Int, _ run: CaseRun, threads: Int) async throws(StudyProblemError) -> [BlockNumbers] {
    let place = places[cell]
    let (source, _, _, study) = sweep.cells[place.cell]
    do {
      let counts = try await study.counts(
        rows: place.rows, run, threads: threads, seed: sweep.stream(place.cell, place.position, seed: seed))
      return [.sums([Double(counts.samples)] + counts.wrong.map(Double.init))]
    } catch { throw StudyProblemError(source: source, reason: error) }
  }

  /// The report of ``DecisionSweep/report(rows:samples:level:seed:threads:willRun:)``.
  public func report(of blocks: [[BlockNumbers]], isComplete: Bool) throws -> DecisionSweep.Report {
    var outcomes: [Int: [[DecisionStudy.Outcome]]] = [:]
    for (place, blocks) in zip(places, blocks) where !blocks.isEmpty {
      var total = DecisionCounts()
      for block in blocks {
        guard case .sums(let numbers) = block, numbers.count == 1 + total.wrong.count else {
          throw StudentError.sizeMismatch("a block of samples is not one of decisions by \(total.wrong.count) rules")
        }
        var counts = DecisionCounts()
        counts.samples = Int(exactly: numbers[0]) ?? 0
        counts.wrong = numbers.dropFirst().map { Int(exactly: $0) ?? 0 }
        total.merge(counts)
      }
      outcomes[place.cell, default: []].append(sweep.cells[place.cell].study.outcomes(rows: place.rows, of: total))
    }
    let entries = sweep.cells.enumerated().compactMap { cell, content in
      outcomes[cell].map { DecisionSweep.Entry(source: content.source, study: content.study, outcomes: $0) }
    }
    return DecisionSweep.Report(entries: entries, level: level, wasStopped: !isComplete)
  }
}
