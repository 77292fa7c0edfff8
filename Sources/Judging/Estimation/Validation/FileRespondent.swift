// SPDX-License-Identifier: GPL-3.0-or-later
import ForeignPrograms
import Foundation
import LineProtocol

/// A program of the convention of the published benchmark: `CMD ARG… FILE DIMX DIMY` prints one float.
///
/// FILE is a CSV with a header line, the columns of x first. The program runs contained: whatever it does, the answer is
/// a number or one line that says what was wrong.
public final class FileRespondent: Respondent {
  private let command: [String]
  private let timeLimit: Duration
  private let file: URL

  /// A respondent that runs `command` with a file in `folder`.
  public init(_ command: [String], timeLimit: Duration, folder: URL) {
    (self.command, self.timeLimit) = (command, timeLimit)
    // A name that tells nothing about the task.
    file = folder.appendingPathComponent("sample-\(UUID().uuidString).csv")
  }

  /// Runs the program on the trials, until it does anything but end with an error.
  ///
  /// A program that breaks on one input is judged by its answers; one that ends with an error whatever it is given, such as an
  /// interpreter whose script is missing, has not come to the point of answering.
  public func prepare(trials: [PairedSample], until isStopped: () -> Bool) throws(StartError) {
    var ending: (Termination, errors: String)?
    for sample in trials {
      if isStopped() { return }
      do { _ = try run(sample) } catch let error as ForeignProgramError {
        switch error {
        case .failed(let termination, let errors): ending = (termination, errors)
        case .timeLimit, .flooded: return
        default: throw .program(error)
        }
        continue
      } catch {}
      return
    }
    guard let (termination, errors) = ending else { return }
    throw .ended(
      (try? "\(ForeignCommand(command))") ?? "", "it ended with \(termination), whatever the sample", errors: errors)
  }

  /// Writes the sample, runs the program once and reads what it printed.
  public func answer(_ sample: PairedSample, seed: UInt64) -> EstimatorAnswer {
    let start = ContinuousClock.now
    let outcome: EstimatorAnswer.Outcome
    do { outcome = ReportedEstimate(printed: try run(sample)).outcome } catch let error as ForeignProgramError {
      if case .failed(.exited, _) = error { outcome = .declined("\(error)") } else { outcome = .failed("\(error)") }
    } catch {
      outcome = .failed("\(file.path): cannot be written; free some space in the temporary folder")
    }
    return EstimatorAnswer(outcome, seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  /// - Throws: `ForeignProgramError`, or whatever the file system says where the sample cannot be written.
  private func run(_ sample: PairedSample) throws -> String {
    try Data(sample.csv.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let arguments = [file.path, String(sample.xDimension), String(sample.yDimension)]
    return try ForeignCommand(command + arguments).run(timeLimit: timeLimit, outputLimit: 1 << 16).text
  }
}
