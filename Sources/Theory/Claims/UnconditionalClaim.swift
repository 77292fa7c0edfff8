// SPDX-License-Identifier: GPL-3.0-or-later
/// A claim about every instance that meets its assumptions: no premise, and a conclusion that is decided once an instance,
/// since its margin asks for it again.
protocol UnconditionalClaim: Claim {
  /// Whether it is as stated.
  ///
  /// - Throws: ``Unmet`` where a quantity in it is not defined.
  func isAsStated(_ facts: Facts) throws(Unmet) -> Bool
}

extension UnconditionalClaim {
  func premise(_ facts: Facts) -> Bool { true }

  func conclusion(_ facts: Facts) throws(Unmet) -> Bool {
    try facts.once(id) { () throws(Unmet) in try isAsStated(facts) }
  }
}
