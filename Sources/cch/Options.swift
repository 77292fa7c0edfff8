import ArgumentParser
import Foundation
import PropertyTesting

/// Options of every command.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print one JSON document on standard output.")
  var json = false

  @Flag(name: .shortAndLong, help: "No progress and no notes on standard error.")
  var quiet = false
}

/// Options of every command that draws random cases.
struct RunOptions: ParsableArguments {
  @Option(help: "The seed of all random choices; without it a new one is chosen and printed.")
  var seed: UInt64?

  @Option(
    help: "The number of threads, 1 to 1024; by default one for each processor. The result does not depend on it.")
  var threads: Int?

  @Option(help: "Stop after this many cases.")
  var cases: Int?

  @Option(help: "Stop after this time: 500ms, 30s, 10m or 2h.")
  var time: TimeBudget?

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads \(threads): the number of threads must be 1 to 1024")
    }
    if let cases, cases < 1 { throw ValidationError("--cases \(cases): at least 1 case is needed") }
  }

  var chosenThreads: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

  /// The budget that was given, or `standard`: a number of cases alone sets no time.
  func budget(standard: Duration) -> Budget {
    Budget(cases: cases, time: time?.duration ?? (cases == nil ? standard : nil))
  }
}

/// A time such as 500ms, 30s, 10m or 2h.
struct TimeBudget: ExpressibleByArgument {
  let duration: Duration

  init(_ duration: Duration) { self.duration = duration }

  init?(argument: String) {
    let number = argument.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    guard let value = Double(number), value > 0, value < 1e9 else { return nil }
    switch argument.dropFirst(number.count) {
    case "ms": duration = .milliseconds(value)
    case "s": duration = .seconds(value)
    case "m": duration = .seconds(60 * value)
    case "h": duration = .seconds(3600 * value)
    default: return nil
    }
  }
}

extension Duration {
  fileprivate static func milliseconds(_ value: Double) -> Duration { .seconds(value / 1000) }
}
