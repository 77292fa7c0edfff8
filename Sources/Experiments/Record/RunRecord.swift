import ExactJSON
import Foundation
import Synchronization

/// The runs of an experiment in a file, from which it can be resumed: JSON Lines, a line a trial.
///
/// The first line says what the runs belong to: experiment, seed, settings. A trial's line is written at once, and the file
/// synchronized, when the trial is done. A last line that is incomplete, as a crash leaves it, is dropped. While a record is
/// open, no other process can open it.
public final class RunRecord: Sendable {
  private struct State {
    let file: FileHandle
    var runs: [String: [Run]]
  }

  private let state: Mutex<State>
  /// Whether an incomplete last line was dropped.
  public let droppedLine: Bool

  /// Opens the record at `path`, or begins one where there is no such file or an empty one.
  ///
  /// - Throws: ``ExperimentError`` where the file cannot be used, is in use, belongs to something else or has a broken line
  ///   before its last.
  public init(path: String, experiment: any Experiment, seed: UInt64) throws(ExperimentError) {
    let descriptor = open(path, O_RDWR | O_CREAT, 0o644)
    guard descriptor >= 0 else { throw .recordNotUsable("cannot be opened (\(String(cString: strerror(errno))))") }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw .recordNotUsable("is in use by another run; wait for it, or name another file")
    }
    let header = RecordLine.header(of: experiment, seed: seed)
    let bytes: Data
    do { bytes = try file.readToEnd() ?? Data() } catch { throw .recordNotUsable("cannot be read") }
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // What follows the last line end is nothing, or a line that was not written to its end.
    let rest = lines.popLast() ?? Data()
    var (runs, length) = ([String: [Run]](), 0)
    for (index, line) in lines.enumerated() {
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
      length += line.count + 1
    }
    droppedLine = !rest.isEmpty
    do {
      try file.truncate(atOffset: UInt64(length))
      if length == 0 { try file.write(contentsOf: Data((header.description + "\n").utf8)) }
    } catch { throw .recordNotUsable("cannot be written") }
    state = Mutex(State(file: file, runs: runs))
  }

  /// The trials that are recorded.
  public var count: Int { state.withLock { $0.runs.count } }

  /// The runs of a trial; nil where it is not recorded.
  public func runs(of trial: ExperimentTrial) -> [Run]? { state.withLock { $0.runs[trial.name] } }

  /// Writes the runs of a trial.
  ///
  /// - Throws: ``ExperimentError/recordNotUsable(_:)``, such as where the disk is full.
  public func add(_ runs: [Run], of trial: ExperimentTrial) throws(ExperimentError) {
    let line = Data((RecordLine.json(of: trial.name, runs).description + "\n").utf8)
    let isWritten = state.withLock { state in
      state.runs[trial.name] = runs
      do {
        try state.file.write(contentsOf: line)
        try state.file.synchronize()
        return true
      } catch { return false }
    }
    if !isWritten { throw .recordNotUsable("cannot be written; is the disk full?") }
  }
}
