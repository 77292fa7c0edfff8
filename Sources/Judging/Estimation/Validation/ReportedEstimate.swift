// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON
import ForeignPrograms
import LineProtocol

/// An estimate as a program wrote it: the one place where what comes from outside becomes a number or a reason.
struct ReportedEstimate {
  let outcome: EstimatorAnswer.Outcome

  /// What a program printed that was asked for one number.
  init(printed text: String) {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard let word = words.first else {
      outcome = .failed("it printed nothing; one number, the estimate in nats, is expected")
      return
    }
    let lines = text.split(whereSeparator: \.isNewline).joined(separator: " ⏎ ").printable
    let shown = "it printed \"\(lines.prefix(60))\(lines.count > 60 ? "…" : "")\""
    outcome = words.count == 1 ? Self.outcome(word, shown) : .failed("\(shown), which is not one number")
  }

  /// What a program replied that was asked in the line protocol.
  init(_ reply: Reply) {
    switch reply {
    case .result(let output): outcome = Self.outcome(output)
    case .notFinite(let word): outcome = .undefined("it answered \(word), which is not finite and no JSON")
    case .skipped(let reason), .errored(let reason): outcome = .declined(reason)
    case .broken(let reason): outcome = .failed(reason)
    case .notAsked(let reason): outcome = .notAsked(reason)
    }
  }

  private static func outcome(_ output: JSONValue) -> EstimatorAnswer.Outcome {
    guard let nats = output["nats"] else { return .failed("a result without output.nats: \(output.excerpt(60))") }
    let shown = "it answered \(nats.excerpt(60))"
    switch nats {
    case .number(let text): return outcome(text[...], shown)
    case .string(let text): return outcome(text[...], shown)
    case .null: return .undefined("\(shown), which is not finite")
    default: return .failed("\(shown), which is \(nats.kind) and no number")
    }
  }

  private static func outcome(_ word: Substring, _ shown: String) -> EstimatorAnswer.Outcome {
    guard let value = number(word) else {
      let hint = word.contains(",") ? "; use a decimal point, whatever the locale" : ""
      return .failed("\(shown), which is no number\(hint)")
    }
    return value.isFinite ? .nats(value) : .undefined("\(shown), which is not finite")
  }

  /// A decimal number, NaN and infinity as languages print them, or an exact fraction; nothing hexadecimal.
  private static func number(_ word: Substring) -> Double? {
    if word.contains("/") { return Rational(String(word))?.asDouble }
    return word.contains { "xXpP".contains($0) } ? nil : Double(word) ?? notAvailable(word)
  }

  /// What R and others print where there is no number.
  private static func notAvailable(_ word: Substring) -> Double? {
    ["na", "null", "none", "missing"].contains(word.lowercased()) ? .nan : nil
  }
}
