// SPDX-License-Identifier: GPL-3.0-or-later
/// What every entry of the list of claims says of itself, whatever its instances are: covariances (``Claim``) or finite models of
/// classes (``ClassClaim``).
public protocol ListedClaim: Sendable {
  /// The name used on command lines and in files.
  var id: String { get }
  /// The statement in symbols, short enough for a table.
  var summary: String { get }
  /// The statement in words.
  var statement: String { get }
  /// Whether it is true, and what shows it.
  var status: Status { get }
  /// The conditions that are part of the hypothesis, in symbols.
  var conditions: [String] { get }
  /// The folder of its certificates in `fixtures`.
  var certificateFolder: String { get }
}

extension ListedClaim {
  /// The file of a refuted claim's certificate, in `fixtures`; nil for any other claim.
  public var certificatePath: String? { status.isRefuted ? "\(certificateFolder)/\(id).json" : nil }

  /// The id as Coq spells it, with `_` for `-`.
  var identifier: String { id.replacing("-", with: "_") }

  /// What Coq has checked about the claim; nil for a claim without a statement in Coq.
  public var theorem: Theorem? { Theorem.index[identifier] }
}

extension Claim {
  /// The assumptions.
  public var conditions: [String] { assumptions.map(\.rawValue) }

  /// `certificates`.
  public var certificateFolder: String { "certificates" }
}
