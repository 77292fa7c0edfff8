// SPDX-License-Identifier: GPL-3.0-or-later
/// What is known of a claim.
///
/// What shows it is found by the claim's id: of a proved or refuted one Coq's theorem, ``ListedClaim/theorem``; of a refuted
/// one its certificate, ``ListedClaim/certificatePath``.
public enum Status: Sendable, Hashable {
  /// True: a theorem says so.
  case proved
  /// False: a certificate holds an exact counterexample.
  case refuted
  /// Neither is known: a counterexample would be news.
  case open

  /// Whether it is known to be true.
  public var isProved: Bool { self == .proved }

  /// Whether it is known to be false.
  public var isRefuted: Bool { self == .refuted }

  /// How formats write it: "true", "false" or "open".
  public var word: String {
    switch self {
    case .proved: "true"
    case .refuted: "false"
    case .open: "open"
    }
  }

  /// How tables write it: "proved", "refuted" or "open".
  public var label: String {
    switch self {
    case .proved: "proved"
    case .refuted: "refuted"
    case .open: "open"
    }
  }
}
