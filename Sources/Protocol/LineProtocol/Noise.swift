// SPDX-License-Identifier: GPL-3.0-or-later
/// What a program wrote that answers nothing.
public struct Noise: Sendable, Hashable {
  /// Lines that are no JSON object.
  public var notJSON = 0
  /// Objects of a kind that the protocol does not have.
  public var unknownKind = 0
  /// Lines beyond the limit, of which only the beginning was read.
  public var overlong = 0
  /// Lines that seem to be meant as answers and are none.
  public var malformed = 0
  /// Answers with a `seq` that is no request's.
  public var unknownSequence = 0
  /// Answers to a request that was answered before, in the same way; the first one counts.
  public var repeated = 0

  /// Nothing.
  public init() {}

  /// Adds what another process of the same program wrote.
  public static func += (a: inout Noise, b: Noise) {
    a.notJSON += b.notJSON
    a.unknownKind += b.unknownKind
    a.overlong += b.overlong
    a.malformed += b.malformed
    a.unknownSequence += b.unknownSequence
    a.repeated += b.repeated
  }

  /// One line for each sort of noise that there was.
  public var remarks: [String] {
    let sorts = [
      (notJSON, "no JSON object"), (unknownKind, "of a kind that the protocol does not have"),
      (overlong, "too long"), (malformed, "meant as an answer and no such"),
    ]
    var remarks = sorts.filter { $0.0 > 0 }.map { "\(counted($0, "line")) ignored: \($1)" }
    if unknownSequence > 0 { remarks.append("\(counted(unknownSequence, "answer")) with a seq that no request has") }
    if repeated > 0 {
      remarks.append("\(counted(repeated, "answer")) to requests answered before; the first one counts")
    }
    return remarks
  }
}

/// "1 line", "2 lines".
package func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
