// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import FileWriting
import Foundation
import Synchronization

/// The runs of an experiment in a file, from which it can be resumed: JSON Lines, a line a trial.
///
/// The first line says what the runs belong to: experiment, seed, settings. A trial's line is written at once, and the file
/// synchronized, when the trial is done. A last line that is incomplete, as a crash leaves it, is dropped. While a record is
/// open, no other process can open it.
public final class RunRecord: Sendable {
  private let file: RecordFile
  private let recorded: Mutex<[String: [Run]]>
  /// Whether an incomplete last line was dropped.
  public let droppedLine: Bool

  /// Opens the record at `path`, or begins one where there is no such file or an empty one.
  ///
  /// - Throws: ``ExperimentError`` where the file cannot be used, is in use, belongs to something else or has a broken line
  ///   before its last.
  public init(path: String, experiment: any Experiment, seed: UInt64) throws(ExperimentError) {
    do { file = try RecordFile(path) } catch { throw .recordNotUsable(error.reason) }
    let header = RecordLine.header(of: experiment.name, experiment.settings, seed: seed)
    var runs = [String: [Run]]()
    for (index, line) in file.lines.enumerated() {
      do {
        if index == 0 {
          try RecordLine.requireSame(try JSONValue(parsing: line), as: header)
        } else {
          let (trial, of) = try RecordLine.trial(JSONValue(parsing: line))
          runs[trial] = of
        }
      } catch let error as ExperimentError { throw error } catch {
        throw .brokenRecord(line: index + 1, problem: "\(error)")
      }
    }
    droppedLine = !file.rest.isEmpty
    if file.lines.isEmpty {
      // The only line is dropped where it is the beginning of ours, not where it is somebody's text.
      guard header.description.utf8.starts(with: file.rest) else {
        throw .recordNotUsable("is no record of an experiment; name another file")
      }
    }
    do {
      try file.dropIncompleteLine()
      if file.lines.isEmpty { try file.append(header.description) }
    } catch { throw .recordNotUsable(error.reason) }
    recorded = Mutex(runs)
  }

  /// The trials that are recorded.
  public var count: Int { recorded.withLock { $0.count } }

  /// The runs of a trial; nil where it is not recorded.
  public func runs(of trial: ExperimentTrial) -> [Run]? { recorded.withLock { $0[trial.name] } }

  /// Writes the runs of a trial.
  ///
  /// - Throws: ``ExperimentError/recordNotUsable(_:)`` that names the file, such as where the disk is full.
  public func add(_ runs: [Run], of trial: ExperimentTrial) throws(ExperimentError) {
    do { try file.append(RecordLine.json(of: trial.name, runs).description) } catch {
      throw .recordNotUsable(error.description)
    }
    recorded.withLock { $0[trial.name] = runs }
  }
}
