// SPDX-License-Identifier: GPL-3.0-or-later
/// What the proof assistant Coq has checked about one claim: a theorem that says it, or its negation.
///
/// The list is written by the audit of the proofs from what Coq prints.
public struct Theorem: Sendable, Hashable {
  /// Whether the theorem says the claim; else it says its negation.
  public let holds: Bool
  /// The theorem's name in Coq.
  public let name: String
  /// Its file, from the root of the project.
  public let file: String
  /// The facts from elsewhere that the statement takes as hypotheses, by their names in `proofs/Imported.v`.
  public let assuming: [String]

  init(holds: Bool, name: String, file: String, assuming: [String] = []) {
    (self.holds, self.name, self.file, self.assuming) = (holds, name, file, assuming)
  }

  /// "sharp in proofs/Theorems.v".
  public var reference: String { "\(name) in \(file)" }
}
