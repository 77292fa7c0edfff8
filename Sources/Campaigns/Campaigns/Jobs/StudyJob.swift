// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import SeededRuns
import Students

/// The samples of students that are compared with the closed forms: a case is a block of samples of one cell, such as an instance.
public struct StudyJob<Study: SharedStudy>: CampaignJob {
  /// The study.
  public let study: Study

  /// A study.
  public init(_ study: Study) { self.study = study }

  /// The number of blocks of all cells.
  public var total: Int { study.cells * study.blocksOfCell }
  /// A block of samples.
  public var blockSize: Int { 1 }
  /// No block of any cell.
  public var nothing: [[BlockNumbers]] { [[BlockNumbers]](repeating: [], count: study.cells) }
  /// The verdict is about all samples.
  public var endsWithFind: Bool { false }

  /// Draws blocks of samples.
  ///
  /// - Throws: `StudyProblemError` where double precision is not enough for an instance.
  public func part(over cases: Range<Int>, threads: Int, follow: (CaseRun) -> Void) async throws -> JSONValue? {
    var (parts, rest, size) = ([JSONValue](), cases, study.blocksOfCell)
    while let first = rest.first {
      let cell = first / size
      let blocks = rest.clamped(to: (cell * size)..<((cell + 1) * size))
      let offset = cell * size
      let samples = study.samples(of: (blocks.lowerBound - offset)..<(blocks.upperBound - offset))
      let run = CaseRun(over: samples, blockSize: study.blockSize)
      follow(run)
      let numbers = try await study.blocks(of: cell, run, threads: threads)
      if run.wasStopped { return nil }
      parts.append(["cell": JSONValue(cell), "blocks": .array(numbers.map(StudyJob.document))])
      rest = blocks.upperBound..<rest.upperBound
    }
    return .array(parts)
  }

  /// What one block says is no verdict.
  public func hasFind(_ part: JSONValue) -> Bool { false }

  /// Adds blocks.
  ///
  /// - Throws: `JSONShapeError` where the document is no part of such a study.
  public func add(_ part: JSONReader, to total: inout [[BlockNumbers]]) throws {
    for reader in try part.elements() {
      let member = try reader.required("cell")
      let cell = try member.integer()
      guard total.indices.contains(cell) else { throw member.failure("there are \(total.count) cells") }
      total[cell] += try reader.required("blocks").elements().map(StudyJob.numbers)
    }
  }

  private static func document(_ block: BlockNumbers) -> JSONValue {
    switch block {
    case .sums(let numbers): .array(numbers.map(JSONValue.init(approximate:)))
    case .diverged(let step, let rate):
      ["diverged_at": JSONValue(step), "learning_rate": JSONValue(approximate: rate)]
    }
  }

  private static func numbers(_ reader: JSONReader) throws -> BlockNumbers {
    if case .object = reader.value {
      return .diverged(
        step: try reader.required("diverged_at").integer(), learningRate: number(try reader.required("learning_rate")))
    }
    return .sums(try reader.elements().map(number))
  }

  /// What is not finite is written as null.
  private static func number(_ reader: JSONReader) -> Double {
    if case .number(let text) = reader.value { Double(text) ?? .nan } else { .nan }
  }
}
