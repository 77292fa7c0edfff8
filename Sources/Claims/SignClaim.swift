import ExactPredicates

/// A claim about one label whose premise and conclusion are Boolean functions of signs.
///
/// The signs are written once for all arithmetics, so such a claim is tested at the speed of Doubles, and exactly.
public protocol SignClaim: Claim {
  /// Whether the premise holds, under the assumptions.
  func premise(_ signs: ClaimSigns) -> Bool
  /// Whether the conclusion holds.
  func conclusion(_ signs: ClaimSigns) -> Bool
}

extension SignClaim {
  /// The premise, by the signs of rational numbers.
  public func premise(_ facts: Facts) throws(Unmet) -> Bool { premise(try facts.signs()) }

  /// The conclusion, by the signs of rational numbers.
  public func conclusion(_ facts: Facts) throws(Unmet) -> Bool { conclusion(try facts.signs()) }
}
