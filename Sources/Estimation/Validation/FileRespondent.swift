import ForeignPrograms
import Foundation

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

  /// Writes the sample, runs the program once and reads what it printed.
  public func answer(_ sample: PairedSample, seed: UInt64) -> Answer {
    let start: ContinuousClock.Instant
    let outcome: Answer.Outcome
    do {
      try Data(sample.csv.utf8).write(to: file)
      defer { try? FileManager.default.removeItem(at: file) }
      start = .now
      outcome = answer(to: [file.path, String(sample.xDimension), String(sample.yDimension)])
    } catch {
      return Answer(.failed("\(file.path): cannot be written; free some space in the temporary folder"), seconds: 0)
    }
    return Answer(outcome, seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  private func answer(to arguments: [String]) -> Answer.Outcome {
    do throws(ForeignProgramError) {
      let output = try ForeignCommand(command + arguments).run(timeLimit: timeLimit, outputLimit: 1 << 16)
      return PrintedNumber(output.text).outcome
    } catch {
      if case .failed(.exited, _) = error { return .declined("\(error)") }
      return .failed("\(error)")
    }
  }
}

/// What a program printed that was asked for one number.
struct PrintedNumber {
  let outcome: Answer.Outcome

  init(_ text: String) {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard let word = words.first else {
      outcome = .failed("it printed nothing; one number, the estimate in nats, is expected")
      return
    }
    guard words.count == 1 else {
      outcome = .failed("it printed \(PrintedNumber.quoted(text)), which is not one number")
      return
    }
    guard let value = PrintedNumber.decimal(word) else {
      let hint = word.contains(",") ? "; use a decimal point, whatever the locale" : ""
      outcome = .failed("it printed \(PrintedNumber.quoted(text)), which is no number\(hint)")
      return
    }
    outcome = value.isFinite ? .nats(value) : .failed("it printed \(PrintedNumber.quoted(text)), which is not finite")
  }

  /// A decimal number, or NaN and infinity as languages print them; nothing hexadecimal.
  private static func decimal(_ word: Substring) -> Double? {
    word.contains { "xXpP".contains($0) } ? nil : Double(word)
  }

  private static func quoted(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ⏎ ")
    return "\"\(line.prefix(60))\(line.count > 60 ? "…" : "")\""
  }
}
