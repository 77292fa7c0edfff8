// SPDX-License-Identifier: GPL-3.0-or-later
import SeededRuns
import Statistics

/// A study whose samples machines can share: several cells, such as instances, of equally many samples, drawn in blocks that are fixed by
/// the seed, the cell and their numbers.
///
/// Sums of Doubles depend on their order. So what is written down are the sums of every block, and a report of all blocks in their
/// order is that of one run, to the last digit.
public protocol SharedStudy: Sendable {
  /// What all samples show.
  associatedtype Report

  /// How many cells there are.
  var cells: Int { get }
  /// The number of samples of each.
  var samples: Int { get }
  /// The number of samples of a block; the last one of a cell may have fewer.
  var blockSize: Int { get }

  /// Draws the blocks of `run`, which is about a range of samples of one cell, and tells what they came to, in order, up to the
  /// first that failed.
  ///
  /// - Throws: ``StudyProblemError`` where double precision is not enough.
  func blocks(of cell: Int, _ run: CaseRun, threads: Int) async throws(StudyProblemError) -> [BlockNumbers]

  /// What the blocks of all cells say, each cell's in order; of cells without any, nothing.
  ///
  /// - Throws: `StudentError.sizeMismatch` where blocks are those of another study.
  func report(of blocks: [[BlockNumbers]], isComplete: Bool) throws -> Report
}

extension SharedStudy {
  /// The number of blocks of a cell.
  public var blocksOfCell: Int { (samples + blockSize - 1) / blockSize }

  /// The samples of some blocks of a cell.
  public func samples(of blocks: Range<Int>) -> Range<Int> {
    (blocks.lowerBound * blockSize)..<min(blocks.upperBound * blockSize, samples)
  }
}

/// What a block of samples came to, as it is written down.
public enum BlockNumbers: Sendable, Hashable {
  /// Sums, in an order that the study knows.
  case sums([Double])
  /// Training diverged, so that no sample of the cell after it counts.
  case diverged(step: Int, learningRate: Double)
}

/// Sums over a block of samples.
protocol BlockSums: Mergeable {
  /// Why a sample of the block has none.
  var failure: StudentError? { get set }
  /// Gives `body` every number of which the sums are made, to write it down or to put another in its place.
  mutating func pass(_ body: (inout Double) -> Void)
}

/// The sums of consecutive blocks.
private struct BlockList<Sums: BlockSums>: Mergeable {
  var blocks: [Sums] = []

  mutating func merge(_ other: BlockList) { blocks += other.blocks }
}

extension BlockSums {
  /// Sums of every block of `run`, which `count` makes.
  ///
  /// - Throws: the first failure that is no divergence.
  static func blocks(
    _ run: CaseRun, threads: Int, _ count: @escaping @Sendable (Range<Int>, inout Self) -> Void
  ) async throws -> [BlockNumbers] {
    let list: BlockList<Self> = try await run.blocks(
      threads: threads, last: { $0.blocks.contains { $0.failure != nil } }
    ) { block, list in
      var sums = Self()
      count(block, &sums)
      list.blocks.append(sums)
    }
    return try list.blocks.map { block throws(StudentError) in try block.numbers }
  }

  private var numbers: BlockNumbers {
    get throws(StudentError) {
      if case .diverged(let step, let rate) = failure { return .diverged(step: step, learningRate: rate) }
      if let failure { throw failure }
      var (copy, numbers) = (self, [Double]())
      copy.pass { numbers.append($0) }
      return .sums(numbers)
    }
  }

  /// The sums of `blocks`, added up in their order.
  ///
  /// - Parameter empty: sums that have a place for every number of a block.
  /// - Throws: `StudentError.sizeMismatch` where a block has other numbers.
  init(of blocks: [BlockNumbers], like empty: Self) throws(StudentError) {
    self.init()
    for block in blocks where failure == nil {
      var sums = empty
      switch block {
      case .diverged(let step, let rate): sums.failure = .diverged(step: step, learningRate: rate)
      case .sums(let numbers):
        var (rest, needed) = (numbers[...], 0)
        sums.pass { number in
          needed += 1
          if let next = rest.popFirst() { number = next }
        }
        guard needed == numbers.count else {
          throw .sizeMismatch("a block of samples has \(numbers.count) numbers, but this study has \(needed)")
        }
      }
      merge(sums)
    }
  }
}

extension StudyCounts: BlockSums {
  mutating func pass(_ body: (inout Double) -> Void) {
    func pass(_ list: inout [RunningMoments]) { for i in list.indices { list[i].pass(body) } }
    pass(&risk)
    pass(&change)
    pass(&minimum)
    pass(&minimumChange)
    pass(&uncorrected)
    pass(&gap)
    pass(&test)
    limit.pass(body)
    slope.pass(body)
  }
}

extension BaselineCounts: BlockSums {
  mutating func pass(_ body: (inout Double) -> Void) {
    for i in excess.indices { excess[i].pass(body) }
    for i in gains.indices { gains[i].pass(body) }
    chosen.pass(body)
  }
}
