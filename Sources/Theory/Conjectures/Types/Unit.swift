// SPDX-License-Identifier: GPL-3.0-or-later
/// The unit of a quantity: a product of powers of the units of y, x1 and x2 and, for determinants, of whole blocks; or
/// nats.
///
/// t and s have the unit of y. What has equal units on both sides does not depend on the scale of (x1, x2, y).
public struct Unit: Sendable, Hashable, CustomStringConvertible {
  /// What units are made of.
  enum Base: Int, Hashable, Comparable, CaseIterable {
    case y, x1, x2, detY, detX1, detX2

    static func < (a: Base, b: Base) -> Bool { a.rawValue < b.rawValue }

    var name: String {
      switch self {
      case .y: "y"
      case .x1: "x1"
      case .x2: "x2"
      case .detY: "|y|"
      case .detX1: "|x1|"
      case .detX2: "|x2|"
      }
    }
  }

  private var powers: [Base: Int] = [:]
  /// Whether it is that of an information.
  public private(set) var isInformation = false

  /// A pure number.
  public static let one = Unit()
  /// That of an information.
  public static let nats: Unit = {
    var unit = Unit()
    unit.isInformation = true
    return unit
  }()
  /// That of a variance of t, s or y.
  public static let labelSquared = Unit(.y, 2)

  private init() {}

  init(_ base: Base, _ power: Int) { if power != 0 { powers = [base: power] } }

  /// The product of two units, or with the second to a power.
  func times(_ other: Unit, power: Int = 1) -> Unit {
    var result = self
    for (base, exponent) in other.powers {
      let sum = (result.powers[base] ?? 0) + exponent * power
      result.powers[base] = sum == 0 ? nil : sum
    }
    return result
  }

  /// The unit of a square root; nil where it has none.
  var root: Unit? {
    guard powers.values.allSatisfy({ $0 % 2 == 0 }) else { return nil }
    var result = self
    result.powers = powers.mapValues { $0 / 2 }
    return result
  }

  /// "a pure number", "an information (nats)" or "y²".
  public var description: String {
    if isInformation { return "an information (nats)" }
    if powers.isEmpty { return "a pure number" }
    return "the unit " + factors
  }

  /// As a table writes it: "1", "nats", "y²".
  public var short: String { isInformation ? "nats" : powers.isEmpty ? "1" : factors }

  private var factors: String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return powers.sorted { $0.key < $1.key }.map { base, power in
      let size = String(abs(power)).compactMap { $0.wholeNumberValue.map { digits[$0] } }
      return base.name + (power == 1 ? "" : (power < 0 ? "⁻" : "") + String(size))
    }.joined(separator: "·")
  }
}
