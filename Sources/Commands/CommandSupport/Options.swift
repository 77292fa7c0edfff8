// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import ExactAlgebra
import ExactJSON
import SeededRuns

/// Options of every command.
package struct OutputOptions: ParsableArguments {
  @Flag(help: "Print one JSON document on standard output.")
  package var json = false

  @Flag(
    help: """
      Keep it short: in JSON an exact number of more than 40 characters becomes {"between": [a, b]}, of 20 digits each.
      """)
  package var brief = false

  @Flag(name: .shortAndLong, help: "No progress and no notes on standard error.")
  package var quiet = false

  package init() {}

  /// The document as it is printed.
  @inline(never) package func text(_ document: JSONValue) -> String {
    (brief ? document.brief : document).pretty + "\n"
  }

  /// Prints the document where `--json` asks for it, else the table as CSV where there is one, else the text for people.
  package func write(
    _ document: @autoclosure () throws -> JSONValue, csv: @autoclosure () throws -> String? = nil,
    or text: @autoclosure () throws -> String
  ) throws {
    if json { return try StandardOutput.write(self.text(try document())) }
    if let csv = try csv() { return try StandardOutput.write(csv) }
    try StandardOutput.write(forPeople: try text())
  }
}

/// Options of every command that draws random cases.
package struct RunOptions: ParsableArguments {
  @OptionGroup package var seed: SeedOption
  @OptionGroup package var threads: ThreadsOption

  @Option(help: "Stop after this many cases.")
  package var cases: Int?

  @Option(help: "Stop after this time: 500ms, 30s, 10m or 2h.", transform: TimeBudget.init(parsing:))
  package var time: TimeBudget?

  package init() {}

  package func validate() throws {
    if let cases, cases < 1 { throw ValidationError("--cases \(cases): at least 1 case is needed") }
  }

  /// The budget that was given, or `standard`: a number of cases alone sets no time.
  package func budget(standard: Duration) -> Budget {
    Budget(cases: cases, time: time?.duration ?? (cases == nil ? standard : nil))
  }
}

/// A time such as 500ms, 30s, 10m or 2h.
package struct TimeBudget: CustomStringConvertible {
  package let duration: Duration
  /// As it is typed.
  package let description: String

  /// A time in whole seconds.
  package init(_ duration: Duration) { (self.duration, description) = (duration, "\(duration.components.seconds)s") }

  /// Reads what was typed.
  ///
  /// - Throws: `ValidationError` that names the units.
  package init(parsing text: String) throws {
    let number = text.prefix { $0.isASCII && $0.isNumber || $0 == "." || $0 == "-" }
    let units = ["ms": 0.001, "s": 1, "m": 60, "h": 3600]
    guard let value = Double(number), let unit = units[String(text.dropFirst(number.count))] else {
      let hint = Double(number) != nil && number.count == text.count ? "did you mean \(text)s? " : ""
      throw ValidationError("\(hint)a time has a unit, as in 500ms, 30s, 10m or 2h")
    }
    guard value > 0, value * unit < 1e9 else { throw ValidationError("a time must be positive, and below 1e9 s") }
    (duration, description) = (.seconds(value * unit), text)
  }
}

extension JSONValue {
  /// The document with an enclosure in the place of every exact number of more than 40 characters.
  fileprivate var brief: JSONValue {
    switch self {
    case .string(let text) where text.utf8.count > 40 && text.isExactNumber:
      let parts = text.split(separator: "/").map { Rational(digits: $0) }
      let value = parts.count == 2 ? parts[0] / parts[1] : parts[0]
      let (lower, upper) = value.enclosure(digits: 20)
      return ["between": [.string(lower), .string(upper)]]
    case .array(let elements): return .array(elements.map(\.brief))
    case .object(let members): return .object(members.map { Member(key: $0.key, value: $0.value.brief) })
    default: return self
    }
  }
}

extension Rational {
  /// The whole number of these digits, however many they are.
  fileprivate init(digits: Substring) {
    var (rest, value) = (digits.drop { $0 == "-" }, Rational(0))
    while !rest.isEmpty {
      let part = rest.prefix(9_000)
      value = value * Rational.powerOfTen(part.count) + (Rational(String(part)) ?? 0)
      rest = rest.dropFirst(part.count)
    }
    self = digits.hasPrefix("-") ? -value : value
  }
}

extension String {
  /// Whether it is a number as the formats write exact ones: a whole number or a fraction.
  fileprivate var isExactNumber: Bool { wholeMatch(of: /-?[0-9]+(\/[1-9][0-9]*)?/) != nil }
}
